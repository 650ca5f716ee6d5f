import { EngineError } from "./engine-error";
import { ensureEngine } from "./ensure-engine";

const WORDS = {
  path: "found on the PATH",
  installed: "installed by the vendor's installer",
  built: "built from source",
};

async function main(): Promise<void> {
  try {
    const engine = await ensureEngine();
    process.stdout.write(`Pulumi engine ${engine.version}, ${WORDS[engine.source]}: ${engine.pulumi}\n`);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

void main();
