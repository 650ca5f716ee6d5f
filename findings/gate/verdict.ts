import type { FindingCounts } from "../severity";
import type { REPORT_REASONS } from "./evidence";

/** Why a verdict is what it is, in the order in which it is decided: the first that holds is told. */
export type VerdictReason =
  | "invalidSettings"
  | "scanTimedOut"
  | "scanUnreachable"
  | "scanStatusUnknown"
  | "scanStopped"
  | "scanFailed"
  | "scanJoined"
  | (typeof REPORT_REASONS)[number]
  | "scannerFailed"
  | "scannerMissing"
  | "findings"
  | "passed";

/** What a gate decided, and why. */
export interface Verdict {
  passed: boolean;
  reason: VerdictReason;
  /** For people: what was found and where, and what to do. The same for the same scan and settings. */
  message: string;
  scanId: string;
  /** All findings of the scan, accepted ones too; undefined, and not 0, where no report could be read. */
  findingCounts?: FindingCounts;
  /** Scanners that should have run and did not. */
  missingScanners: readonly string[];
}

/** A verdict, and what people should know besides. */
export interface Judgement {
  verdict: Verdict;
  /** On fields of the report that were left out, on acceptances that have expired or match nothing, and on a scan that saw little. */
  warnings: readonly string[];
}

/**
 * Whether a verdict holds a deployment back. An advisory gate only reports; but settings that cannot be used are an error
 * of the program, not a verdict about the scan, and may be the very `advisory` that is wrong.
 */
export const holdsBack = ({ passed, reason }: Pick<Verdict, "passed" | "reason">, isAdvisory: boolean): boolean =>
  !passed && !(isAdvisory && reason !== "invalidSettings");
