import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";

/** The long versions of tests: what `npm test` does a few times, many times over. Seeds of failures are printed. */
const SOAKS: Readonly<Record<string, { rounds: Record<string, string>; project: string; tests: string }>> = {
  fuzz: {
    rounds: { CRASHTEST_FUZZ_INPUTS: "100000" },
    project: "unit",
    tests: join("tests", "unit", "findings", "fuzz"),
  },
  kill: { rounds: { CRASHTEST_KILL_ROUNDS: "50" }, project: "engine", tests: join("tests", "engine", "kill") },
};

async function soak({ rounds, project, tests }: (typeof SOAKS)[string]): Promise<number> {
  const args = ["scripts/run.mjs", "scripts/test/main.ts", "--only", project, tests];
  const child = spawn(process.execPath, args, {
    cwd: REPOSITORY_ROOT,
    env: { ...rounds, ...process.env },
    stdio: "inherit",
  });
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}

/** Names of soak tests; without one, all of them, one after the other. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(SOAKS, name));
  if (unknown.length > 0)
    throw new Error(`Unknown soak test ${unknown.join(", ")}; there are ${Object.keys(SOAKS).join(", ")}.`);
  for (const [name, given] of Object.entries(SOAKS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`Soak ${name}: ${Object.entries(given.rounds).flat().join(" ")}`);
    process.exitCode = Math.max(Number(process.exitCode ?? 0), await soak(given));
  }
}

void main(process.argv.slice(2));
