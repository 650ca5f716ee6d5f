import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";

import { EngineStepError } from "../../../scripts/engine/engine-error";
import { ensureEngine } from "../../../scripts/engine/ensure-engine";
import { writeFakeEngine } from "./fake-engine";

const POLL_MS = 20;

/** A process that sets up an engine with a builder that notes its start and then waits for the file `go`. */
async function main(folder: string): Promise<void> {
  const engine = await ensureEngine({
    install: () => Promise.reject(new EngineStepError("no network here")),
    build: async (root) => {
      appendFileSync(join(folder, "builds"), `${root}\n`);
      while (!existsSync(join(folder, "go"))) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      writeFakeEngine(join(root, "bin"), "3.259.0");
    },
  });
  process.stdout.write(`${JSON.stringify(engine)}\n`);
}

void main(process.argv[2] ?? "");
