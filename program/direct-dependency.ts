import { createRequire } from "node:module";
import { join } from "node:path";
import { CrashtestError } from "../errors/errors";

/** The script by which the engine's language host runs a program. */
const RUN_BY_ENGINE = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run([\\/]|$)/;

let isChecked = false;

/**
 * Refuses a program from whose folder this package cannot be resolved: the engine's dynamic provider process resolves it
 * there, and would fail without saying what to do. Not for the Automation API, where the engine may use another folder.
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
      problem: `pulumi-crashtest was not found from the program's folder (${folder})`,
      remedy: "It must be a direct dependency of the program: run `npm install pulumi-crashtest` there.",
    });
  }
  isChecked = true;
}
