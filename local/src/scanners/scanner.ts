import type { LookupAddress } from "node:dns";
import type { components } from "../../../contract/wire.generated";
import type { ApiSpecification } from "./api-specification";

export type FindingWire = components["schemas"]["Finding"];
export type DescriptionWire = components["schemas"]["Description"];

/** The scanners of the service, by their names in its reports. */
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

/** A scan to be run. */
export interface ScanRequest {
  scanId: number;
  projectId: number;
  target: URL;
  /** The resolved addresses of the target's host. All requests of the scan go there, and nowhere else. */
  addresses: readonly LookupAddress[];
  /** How the scan logs in. Kept in memory only. */
  login?: ScanLogin;
  /** What leads the scan to operations that no link leads to. */
  apiSpecification?: ApiSpecification;
}

/** A name with its value, which is a secret. */
export interface NamedValue {
  name: string;
  value: string;
}

/** How a scan logs in to its target. */
export interface ScanLogin {
  /** HTTP basic authentication. */
  basic?: { username: string; password: string };
  /** Pages with a form; each is logged in to. */
  forms: readonly { url: string; username: string; password: string }[];
  headers: readonly NamedValue[];
  cookies: readonly NamedValue[];
  /** A page that only a user sees, and a text of it. */
  check?: { url: string; contains: string };
}

/** A scan's progress; `fraction` is between 0 and 1, if the scanner can tell. */
export interface ScanProgress {
  message: string;
  fraction?: number;
}

/** How much of its target a scan reached, each counted once per address. */
export interface ScanCoverage {
  /** Pages that the target showed. */
  pages: number;
  /** Addresses that forms post to. */
  forms: number;
  /** Parameters of pages and forms, which attacks use. */
  parameters: number;
  /** Operations of the API specification, and how many of them the target answered. Absent without a specification. */
  operations?: { tested: number; specified: number };
}

/** The outcome of a scan. A scanner that is neither in `findings` nor in `errors` did not run. */
export interface ScanOutcome {
  state: "finished" | "stopped" | "failed";
  /** Why, if the state is not `finished`. */
  reason?: string;
  /** A list per scanner that ran, empty if it found nothing. */
  findings: Partial<Record<ServiceScanner, FindingWire[]>>;
  /** One description per slug that the findings name. */
  descriptions: DescriptionWire[];
  /** Scanners that broke, were skipped or ran out of time, with the reason. */
  errors: { scanner: ServiceScanner; message: string }[];
  /** Absent if the scanner does not say, or the scan ended before it was known. */
  coverage?: ScanCoverage;
  /** Operations of the API specification that were not tested, as `GET /orders/{id}`. Absent without a specification. */
  untestedOperations?: string[];
  /** Whether the scan was logged in before it began and at its end. Absent if it had no login, or that is not known. */
  login?: "confirmed";
  /** The scanners that should have run; default all of the service's. */
  expectedScanners?: ServiceScanner[];
  /** A `status_code` instead of the state's own, for scripts that send clients an unknown code. */
  statusCode?: number;
}

/** A running scan. */
export interface ScanRun {
  /** Resolves with the outcome, even after `stop`; never rejects. */
  readonly ended: Promise<ScanOutcome>;
  /** Ends the scan and all its processes; resolves when they are gone. It can be called again. */
  stop(): Promise<void>;
}

/** The interface between the service and a scanner. */
export interface Scanner {
  readonly name: string;
  /** Whether its scans send anything to their targets; then the owners must consent. Default true. */
  readonly touchesTargets?: boolean;
  /** Returns why this target is not scanned, or undefined if it is allowed. */
  refuse(target: URL): string | undefined;
  start(request: ScanRequest, onProgress: (progress: ScanProgress) => void): ScanRun;
}
