import type { Scan, ScanState } from "../store/scans";

/** ASSUMED: the codes above 101; 100 and 101 are what the vendor's clients know. */
const STATUS_CODES: Readonly<Record<ScanState, number>> = {
  queued: 100,
  running: 101,
  finished: 102,
  stopped: 103,
  failed: 104,
};

/** The `status_code` of a scan. A script may have asked for a code of its own. */
export function statusCodeOf(scan: Pick<Scan, "state" | "outcome">): number {
  return scan.outcome?.statusCode ?? STATUS_CODES[scan.state];
}

/** Whether the scan has ended, well or badly; only then it has a report. */
export function hasEnded(scan: Pick<Scan, "state">): boolean {
  return scan.state !== "queued" && scan.state !== "running";
}
