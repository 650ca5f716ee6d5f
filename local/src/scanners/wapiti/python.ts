import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** An interpreter that can run the scanner, and the scanner release for it. */
export interface FitPython {
  /** The interpreter itself, not a wrapper on the PATH. */
  path: string;
  wapitiVersion: string;
}

const WAPITI_FOR_OLDER = "3.2.3";
const WAPITI_FOR_NEWER = "3.3.2";
/** The releases that this file may choose, preferred one first. */
export const WAPITI_VERSIONS = [WAPITI_FOR_OLDER, WAPITI_FOR_NEWER] as const;
const NAMES = ["python3", "python3.12", "python3.11", "python3.10", "python3.13"];
const PROBE = "import sys,venv,ensurepip;print(sys.version_info[0],sys.version_info[1],sys.executable)";
const PROBE_TIMEOUT_MS = 20_000;

/** Returns the scanner release for a version of Python, or undefined if none is known to work. */
export function wapitiVersionFor(major: number, minor: number): string | undefined {
  if (major !== 3 || minor < 10 || minor > 13) return undefined;
  return minor === 13 ? WAPITI_FOR_NEWER : WAPITI_FOR_OLDER;
}

/** Returns every file with one of `names` in the folders of a PATH, in the order in which they are tried. */
export function candidatesOn(path: string, names: readonly string[], isProgram: (file: string) => boolean): string[] {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith("/"));
  return [...new Set(names.flatMap((name) => folders.map((folder) => join(folder, name)).filter(isProgram)))];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Parses the probe's output as an interpreter; undefined if it is not suitable. */
export function parseProbe(output: string): FitPython | undefined {
  const [, major, minor, path] = /^(\d+) (\d+) (\/.+)$/m.exec(output) ?? [];
  const wapitiVersion = wapitiVersionFor(Number(major), Number(minor));
  return path === undefined || wapitiVersion === undefined ? undefined : { path, wapitiVersion };
}

/**
 * Finds an interpreter on the PATH that can run the scanner: 3.10 to 3.13, with `venv` and `ensurepip`. A name on the
 * PATH proves nothing (version managers put names there that do not run), so each is probed.
 */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<FitPython | undefined> {
  for (const candidate of candidatesOn(environment["PATH"] ?? "", NAMES, isProgram)) {
    const answer = await promisify(execFile)(candidate, ["-c", PROBE], {
      env: environment,
      timeout: PROBE_TIMEOUT_MS,
    }).catch(() => ({ stdout: "" }));
    const fit = parseProbe(answer.stdout);
    if (fit !== undefined) return fit;
  }
  return undefined;
}
