/**
 * Where a scan stands, in the words of the product. `unknown` is a status of the service that no table names; it is
 * never a success.
 */
export type ScanState = "queued" | "running" | "finished" | "stopped" | "failed" | "unknown";

/** All states, in the order in which a scan can pass them. */
export const SCAN_STATES: readonly ScanState[] = ["queued", "running", "finished", "stopped", "failed", "unknown"];

/** Whether a scan is still under way. */
export const isUnderWay = (state: ScanState): boolean => state === "queued" || state === "running";

/** How much of its target a scan saw. */
export interface ScanCoverage {
  pages: number;
  forms: number;
  /** Of addresses and forms together. */
  parameters: number;
}
