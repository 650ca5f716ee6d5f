import { createRequire } from "node:module";
import { join } from "node:path";
import { CrashtestError } from "../provider/errors";

/** Where the engine's language host finds the script that runs a program. */
const RUN_BY_ENGINE = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run([\\/]|$)/;

let isChecked = false;

/**
 * Refuses a program from whose folder this package cannot be found: the engine's dynamic provider process looks for it
 * there, and would fail without saying what to do.
 *
 * A program of the Automation API may name another folder to the engine, so there nothing is said.
 *
 * @throws CrashtestError `CONFIGURATION_INVALID`
 */
export function requireDirectDependency(): void {
  if (isChecked || !RUN_BY_ENGINE.test(process.argv[1] ?? "")) return;
  const folder = process.cwd();
  try {
    createRequire(join(folder, "program.js")).resolve("pulumi-crashtest/package.json");
  } catch {
    throw new CrashtestError({
      code: "CONFIGURATION_INVALID",
      problem: `pulumi-crashtest cannot be found from the program's folder (${folder})`,
      remedy: "It has to be a direct dependency of the program: run `npm install pulumi-crashtest` there.",
    });
  }
  isChecked = true;
}
