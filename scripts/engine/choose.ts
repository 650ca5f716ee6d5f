import type { Attempt } from "./engine-error";
import { isNewEnough, MINIMUM_VERSION } from "./version";

/** Where an engine came from. */
export type EngineSource = "path" | "installed" | "built";

/** An engine found in one place. */
export interface Candidate {
  source: EngineSource;
  /** Folder of the executables. */
  binDir: string;
  /** The output of `pulumi version`; undefined if it did not run or printed no version. */
  version: string | undefined;
  /** Executables of an engine that were found neither in the folder nor on the PATH. */
  missing: readonly string[];
}

export interface UsableCandidate extends Candidate {
  version: string;
}

/** Which candidate to use, and why the ones before it were skipped. */
export interface Choice {
  use: UsableCandidate | undefined;
  passedOver: readonly Attempt[];
}

/** Chooses the first candidate that is complete and new enough. */
export function chooseEngine(candidates: readonly Candidate[]): Choice {
  const passedOver: Attempt[] = [];
  for (const candidate of candidates) {
    const { version } = candidate;
    const reason = whyNot(candidate);
    if (reason === undefined && version !== undefined) return { use: { ...candidate, version }, passedOver };
    passedOver.push({ what: describe(candidate), reason: reason ?? "unknown" });
  }
  return { use: undefined, passedOver };
}

function whyNot({ version, missing }: Candidate): string | undefined {
  if (version === undefined) return '"pulumi version" did not run or printed no version';
  if (!isNewEnough(version)) return `version ${version}; ${MINIMUM_VERSION} or newer, below 4, is required`;
  if (missing.length > 0) return `it lacks ${missing.join(" and ")}`;
  return undefined;
}

function describe({ source, binDir }: Candidate): string {
  if (source === "path") return `pulumi on the PATH (${binDir})`;
  return `the engine ${source} before (${binDir})`;
}
