import type { ScanOutcome } from "./scanner";

/** What a scan came to that did not finish, and found nothing that counts. */
export function withoutFindings(state: "stopped" | "failed", reason: string): ScanOutcome {
  return { state, reason, findings: {}, descriptions: [], errors: [] };
}
