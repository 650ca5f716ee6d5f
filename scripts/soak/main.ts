import { spawn } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";

/** The long versions of tests: what `npm test` does a few times, done many times. Seeds are printed. */
const ROUNDS = { CRASHTEST_KILL_ROUNDS: "50" };

const args = ["scripts/run.mjs", "scripts/test/main.ts", "--only", "engine", join("tests", "engine", "kill")];
const child = spawn(process.execPath, args, {
  cwd: REPOSITORY_ROOT,
  env: { ...ROUNDS, ...process.env },
  stdio: "inherit",
});
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});
