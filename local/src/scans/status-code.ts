import type { Scan, ScanState } from "../store/scans";

/** ASSUMED: the codes above 101; 100 and 101 are known from the vendor's clients. */
const STATUS_CODES: Readonly<Record<ScanState, number>> = {
  queued: 100,
  running: 101,
  finished: 102,
  stopped: 103,
  failed: 104,
};

/** Returns the `status_code` of a scan. A script may have set its own. */
export function statusCodeOf(scan: Pick<Scan, "state" | "outcome">): number {
  return scan.outcome?.statusCode ?? STATUS_CODES[scan.state];
}

/** Returns whether the scan has ended, in any state; only then does it have a report. */
export function hasEnded(scan: Pick<Scan, "state">): boolean {
  return scan.state !== "queued" && scan.state !== "running";
}
