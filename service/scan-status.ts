/** The state of a scan. `unknown` stands for any status that is not in the table of status codes; it is never a success. */
export type ScanState = "queued" | "running" | "finished" | "stopped" | "failed" | "unknown";

/** All states, in the order in which a scan can reach them. */
export const SCAN_STATES: readonly ScanState[] = ["queued", "running", "finished", "stopped", "failed", "unknown"];

/** Whether a scan has not ended yet. */
export const isUnderWay = (state: ScanState): boolean => state === "queued" || state === "running";

/** The status of a scan: its state, and what the service itself says of it. */
export interface ScanStatus {
  /** The scan's ID. */
  scanId: string;
  /** Its state; `unknown` for a status that is not known, which is never a success. */
  state: ScanState;
  /** The service's code for the state; undefined where it has none. */
  statusCode?: number;
  /** Why the scan did not finish: safe to print, at most 300 characters. Undefined where the service does not say. */
  reason?: string;
  /** The highest score of its findings, from 0 to 10. Undefined where the service does not say. */
  maxCvss?: number;
  /** How much of its target the scan saw. Undefined where the service does not say. */
  coverage?: ScanCoverage;
  /** The scan was logged in before it began and at its end. Undefined where the service does not say. */
  isLoginConfirmed?: true;
}

/** How much of its target a scan saw. */
export interface ScanCoverage {
  /** Pages that it saw. */
  pages: number;
  /** Forms on these pages. */
  forms: number;
  /** Parameters, of addresses and forms together. */
  parameters: number;
  /** Operations of the API specification that the target answered. Undefined where the scan had no specification. */
  operations?: {
    /** Those that the target answered. */
    tested: number;
    /** Those that the specification has. */
    specified: number;
  };
}

/** Returns the service's own term for a scan's status, for messages: "status code 102". */
export const statusWord = ({ statusCode, state }: { statusCode?: number | undefined; state: ScanState }): string =>
  statusCode === undefined ? `status ${state}` : `status code ${statusCode}`;
