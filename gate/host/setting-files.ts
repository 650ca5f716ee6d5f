import { readFile, stat } from "node:fs/promises";
import { parseAcceptFile } from "../rules/accept-file";
import type { AcceptedFinding } from "../rules/accepted-finding";
import { parseBaselineFile } from "../rules/baseline-file";
import type { GateSettings } from "../rules/settings";
import { problemOf } from "../wait/bounded-request";

/** The value of a setting that may be a file, and why that could not be used. */
export interface LoadedSetting<Value> {
  value: Value | undefined;
  problems: readonly string[];
}

/** Thousands of entries; a list that people review is far below. */
const MAX_ACCEPT_FILE_BYTES = 1024 * 1024;

/** Loads accepted findings, which may be the path of a file. They are still to be checked. Never rejects. */
export async function loadAccepted(
  given: readonly AcceptedFinding[] | string | undefined,
): Promise<LoadedSetting<readonly AcceptedFinding[]>> {
  if (typeof given !== "string") return { value: given, problems: [] };
  const parse = async (text: string) => (await parseAcceptFile(text)) as readonly AcceptedFinding[];
  return loadFile("accept", given, MAX_ACCEPT_FILE_BYTES, parse);
}

/** Room for the fingerprints of 125,000 findings. All of it is held at once. */
const MAX_BASELINE_FILE_BYTES = 8 * 1024 * 1024;

/** Loads the fingerprints of a baseline that is a file; other forms, and invalid ones, are ignored here. Never rejects. */
export async function loadBaseline(given: GateSettings["baseline"]): Promise<LoadedSetting<readonly string[]>> {
  const path: unknown = typeof given === "object" ? given.file : undefined;
  if (typeof path !== "string") return { value: undefined, problems: [] };
  return loadFile("baseline", path, MAX_BASELINE_FILE_BYTES, parseBaselineFile);
}

async function loadFile<Value>(
  setting: string,
  path: string,
  maxBytes: number,
  parse: (text: string) => Value | Promise<Value>,
): Promise<LoadedSetting<Value>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error("it is not a file");
    if (found.size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    return { value: await parse(await readFile(path, "utf8")), problems: [] };
  } catch (error) {
    return { value: undefined, problems: [`${setting}: the file ${path} cannot be used: ${problemOf(error)}`] };
  }
}
