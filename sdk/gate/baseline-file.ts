import { parseBaselineFile } from "../../findings/gate/baseline-file";
import type { GateSettings } from "../../findings/gate/settings";
import { loadSettingFile } from "./setting-file";

/** A baseline's fingerprints, where a file has them, and what kept it from being read. */
export interface LoadedBaseline {
  baseline: readonly string[] | undefined;
  problems: readonly string[];
}

/** Room for the fingerprints of 125,000 findings. All of it is held at once. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Reads a baseline where it is a file; other forms, and wrong ones, are not looked at here. */
export async function loadBaseline(given: GateSettings["baseline"]): Promise<LoadedBaseline> {
  const path: unknown = typeof given === "object" ? given.file : undefined;
  if (typeof path !== "string") return { baseline: undefined, problems: [] };
  const { value, problems } = await loadSettingFile("baseline", path, MAX_FILE_BYTES, parseBaselineFile);
  return { baseline: value, problems };
}
