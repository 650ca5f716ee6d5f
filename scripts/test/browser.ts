import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Debian's location, in case it is not on the PATH. */
const USUAL_PLACE = "/usr/bin/chromium";

export const HOW_TO_GET_A_BROWSER =
  'install Chromium (on Debian "apt-get install -y chromium") or set CRASHTEST_CHROMIUM to a Chromium or Chrome';

/**
 * Returns the Chromium for the tests of the page: only that of `CRASHTEST_CHROMIUM` if it is set, otherwise one on
 * the PATH or in its usual place; undefined if there is none.
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

/** Returns whether tests of the page must run: in CI (`CI`, `.ci/run`), unless no browser is declared to be available. */
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
