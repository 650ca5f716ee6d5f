import type { LookupAddress } from "node:dns";
import type { components } from "../../../contract/wire.generated";

export type FindingWire = components["schemas"]["Finding"];
export type DescriptionWire = components["schemas"]["Description"];

/** The scanners of the service, by the names that stand in its reports. */
export const SERVICE_SCANNERS = [
  "commandinjection",
  "csrf",
  "cve",
  "deserialization",
  "fileinclusion",
  "fingerprinting",
  "fuzzer",
  "portscan",
  "sqlinjection",
  "ssl",
  "xss",
  "xxe",
] as const;
export type ServiceScanner = (typeof SERVICE_SCANNERS)[number];

/** What is to be scanned. */
export interface ScanRequest {
  scanId: number;
  projectId: number;
  target: URL;
  /** The addresses that the target's host was found to have. All requests of the scan go there, and none elsewhere. */
  addresses: readonly LookupAddress[];
}

/** A word on how far a scan is; `fraction` is between 0 and 1 where the scanner can tell. */
export interface ScanProgress {
  message: string;
  fraction?: number;
}

/** How much of its target a scan reached, each counted once per address. */
export interface ScanCoverage {
  /** Pages that the target showed. */
  pages: number;
  /** Addresses that a form is sent to with POST. */
  forms: number;
  /** Parameters of pages and forms: what attacks go into. */
  parameters: number;
}

/** What a scan came to. A scanner that is neither in `findings` nor in `errors` did not run. */
export interface ScanOutcome {
  state: "finished" | "stopped" | "failed";
  /** Why, where the state is not `finished`. */
  reason?: string;
  /** A list per scanner that ran, empty where it found nothing. */
  findings: Partial<Record<ServiceScanner, FindingWire[]>>;
  /** One description per slug that the findings name. */
  descriptions: DescriptionWire[];
  /** Scanners that broke, were skipped or ran out of time, with the reason. */
  errors: { scanner: ServiceScanner; message: string }[];
  /** Absent where the scanner does not say, or the scan ended before it was known. */
  coverage?: ScanCoverage;
  /** The scanners that should have run; default all of the service's. */
  expectedScanners?: ServiceScanner[];
  /** A `status_code` in place of the state's own, for scripts that show clients a code which no contract knows. */
  statusCode?: number;
}

/** A scan under way. */
export interface ScanRun {
  /** Resolves with the outcome, also after `stop`; never rejects. */
  readonly ended: Promise<ScanOutcome>;
  /** Ends the scan and all its processes; resolves when they are gone. Calling it again is no error. */
  stop(): Promise<void>;
}

/** The seam between the service and whatever does the scanning. */
export interface Scanner {
  readonly name: string;
  /** Whether its scans send anything to their targets; then their owners have to agree. Default true. */
  readonly touchesTargets?: boolean;
  /** Why this target is not scanned, or undefined where it is allowed. */
  refuse(target: URL): string | undefined;
  start(request: ScanRequest, onProgress: (progress: ScanProgress) => void): ScanRun;
}
