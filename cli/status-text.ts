import { coverageNotes } from "../findings/gate/coverage";
import type { ScanStatus } from "../provider/client";

/** Where a scan stands, in a line. What the service says of it is safe to print already. */
export function statusText({ scanId, state, statusCode, reason, coverage }: ScanStatus): string {
  const why = reason === undefined ? "" : `: ${reason}`;
  return [`scan ${scanId}: ${state} (status code ${statusCode})${why}`, ...coverageNotes(coverage)].join("; ");
}
