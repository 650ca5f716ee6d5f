import type { Attempt } from "./engine-error";
import { isNewEnough, MINIMUM_VERSION } from "./version";

/** Where an engine came from. */
export type EngineSource = "path" | "installed" | "built";

/** What was found in one place. */
export interface Candidate {
  source: EngineSource;
  /** Folder of the executables. */
  binDir: string;
  /** What `pulumi version` said; undefined where it did not run or did not say a version. */
  version: string | undefined;
  /** Executables that belong to an engine and were found neither in the folder nor on the PATH. */
  missing: readonly string[];
}

export interface UsableCandidate extends Candidate {
  version: string;
}

/** Which of the candidates to use, in their order, and why the ones before it were passed over. */
export interface Choice {
  use: UsableCandidate | undefined;
  passedOver: readonly Attempt[];
}

/** Takes the first candidate that is whole and new enough. */
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
  if (version === undefined) return '"pulumi version" did not run or gave no version';
  if (!isNewEnough(version)) return `version ${version}; needed is ${MINIMUM_VERSION} or newer, below 4`;
  if (missing.length > 0) return `it comes without ${missing.join(" and ")}`;
  return undefined;
}

function describe({ source, binDir }: Candidate): string {
  if (source === "path") return `pulumi on the PATH (${binDir})`;
  return `the engine ${source} before (${binDir})`;
}
