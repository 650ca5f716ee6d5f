import type { ScanOutcome, ScanRun } from "./scanner";

/** Creates the outcome of a scan that did not finish and has no findings. */
export function withoutFindings(state: "stopped" | "failed", reason: string): ScanOutcome {
  return { state, reason, findings: {}, descriptions: [], errors: [] };
}

/** Creates the run of a scan that failed before it began. */
export const alreadyFailed = (reason: string): ScanRun => ({
  ended: Promise.resolve(withoutFindings("failed", reason)),
  stop: () => Promise.resolve(),
});
