import { hasEnded } from "../../scans/status-code";
import type { Scan } from "../../store/scans";

/** The scans that are being stopped. */
export type Stopping = ReadonlySet<number>;

/** Returns the status of a run. A script's own status code has no word in this API, so one is made of it. */
export function statusOf(scan: Pick<Scan, "id" | "state" | "outcome">, stopping: Stopping): string {
  if (!hasEnded(scan)) return stopping.has(scan.id) ? "STOPPING" : "RUNNING";
  const ownCode = scan.outcome?.statusCode;
  return ownCode === undefined ? scan.state.toUpperCase() : `STATUS_${ownCode}`;
}
