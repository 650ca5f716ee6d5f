import type { ScanOutcome } from "./scanner";

/** Creates the outcome of a scan that did not finish and has no findings. */
export function withoutFindings(state: "stopped" | "failed", reason: string): ScanOutcome {
  return { state, reason, findings: {}, descriptions: [], errors: [] };
}
