import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian has it; also where the PATH does not lead there. */
const USUAL_PLACE = "/usr/bin/chromium";

export const HOW_TO_GET_A_BROWSER =
  'install Chromium (on Debian "apt-get install -y chromium") or set CRASHTEST_CHROMIUM to a Chromium or Chrome';

/**
 * The Chromium for the tests of the page: that of `CRASHTEST_CHROMIUM`, which counts alone where it is set, else one on
 * the PATH or at its usual place; undefined where there is none.
 */
export function findBrowser(env: NodeJS.ProcessEnv, isProgram: (path: string) => boolean): string | undefined {
  const own = env["CRASHTEST_CHROMIUM"];
  if (own) return isProgram(own) ? own : undefined;
  const onPath = (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "chromium"));
  return [...onPath, USUAL_PLACE].find(isProgram);
}

/** Whether tests of the page have to run: where all has to hold (`CI`, `.ci/run`), unless one says that none can be had. */
export function isBrowserRequired(env: NodeJS.ProcessEnv): boolean {
  const isSet = (name: string): boolean => !["", "0", "false"].includes(env[name] ?? "");
  return (isSet("CI") || isSet("CRASHTEST_REQUIRE_BROWSER")) && !isSet("CRASHTEST_ALLOW_NO_BROWSER");
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
