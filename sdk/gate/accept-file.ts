import { parseAcceptFile } from "../../findings/gate/accept-file";
import type { AcceptedFinding } from "../../findings/gate/accepted-finding";
import { loadSettingFile } from "./setting-file";

/** A list of accepted findings, still to be checked, and what kept a file from being read. */
export interface LoadedAcceptances {
  accept: readonly AcceptedFinding[] | undefined;
  problems: readonly string[];
}

/** Thousands of entries; a list that people review is far below. */
const MAX_FILE_BYTES = 1024 * 1024;

/** Reads accepted findings where they are given as a file; it has to be there. */
export async function loadAccepted(given: readonly AcceptedFinding[] | string | undefined): Promise<LoadedAcceptances> {
  if (typeof given !== "string") return { accept: given, problems: [] };
  const { value, problems } = await loadSettingFile("accept", given, MAX_FILE_BYTES, parseAcceptFile);
  return { accept: value as readonly AcceptedFinding[] | undefined, problems };
}
