import type { Writable } from "node:stream";
import type { ScanStatus } from "./scan-status";

/** The service that issued an ID: project 7 of one service is not project 7 of another. */
export interface ServiceIdentity {
  /** Scheme, host and port, such as `https://api.crashtest.cloud`. */
  readonly origin: string;
  /** Which database it answers from, if it says so: an in-memory database is a new one at each start. */
  readonly instance?: string;
}

/** Who issued the IDs of a call. */
export interface OwnerOption {
  /** The service that issued the IDs; nothing is sent to another one. @default not checked */
  owner?: ServiceIdentity | undefined;
}

/** Options of one call. */
export interface CallOptions extends OwnerOption {
  /**
   * Cancels the call at once, even while it waits for a retry, for the rate limit, or for the rest of an answer. It then fails
   * like one without an answer. Not for calls whose outcome would be unknown after that. @default not cancelled
   */
  signal?: AbortSignal | undefined;
}

/** What a scan is started by and found by: a project, or the secret webhook of one. */
export type ScanTarget = ({ projectId: string } | { webhook: string }) & OwnerOption;

/** One scan of a target. */
export type ScanAddress = ScanTarget & { scanId: string };

/** The kind of target: what a service can do depends on it. */
export type TargetKind = "project" | "webhook";

export const kindOf = (target: ScanTarget): TargetKind => ("webhook" in target ? "webhook" : "project");

/** What a service can do for a kind of target. */
export interface ServiceAbilities {
  /** Findings are available as JSON, with their kinds and fingerprints; otherwise as JUnit XML only. */
  jsonFindings: boolean;
  /** A running scan can be stopped. */
  canStop: boolean;
  /** The answer to a start says whether the scan was already running. */
  knowsWhoStarted: boolean;
}

/** A running scan. */
export interface StartedScan {
  scanId: string;
  /** Whether it was already running, or that is unknown. */
  joined: boolean;
  service: ServiceIdentity;
}

/** What a project is created from. */
export interface NewProject {
  teamId: string;
  name: string;
  /** The address to scan. */
  url: string;
  /** The kind of target, in the service's terms. */
  type: string;
}

/** How to prove the ownership of a target. No part is a secret: the one that is used is published. */
export interface Verification {
  /** The name of a file in the target's web root, `crashtest-<first 8 hexadecimal digits of a UUID>.html`; never a path. */
  fileName?: string;
  /** The content of that file: the UUID, with or without a line end. */
  fileContent?: string;
  /** The value of a DNS TXT record of the target's host name, as an alternative to the file: the UUID. */
  txtRecord?: string;
}

/** A project that the service has created. */
export interface CreatedProject {
  projectId: string;
  service: ServiceIdentity;
  /** How to prove the ownership of the target; undefined where the service does not say. */
  verification: Verification | undefined;
  /** Why parts of `verification` that the service sent are left out. */
  verificationProblems: readonly string[];
}

/** The formats in which a service itself provides reports. */
export type ServiceReportFormat = "json" | "xml" | "pdf";

/**
 * The port of a scanning service, for lifecycles, gates and functions. Failures are thrown as typed errors, and calls with
 * IDs of another service are refused (`OTHER_SERVICE`).
 */
export interface ScanningService {
  /** Returns why the service cannot be used for this kind of target; empty where it can. Sends no request. */
  configurationProblems(kind: TargetKind): readonly string[];
  abilitiesFor(kind: TargetKind): ServiceAbilities;
  /** Returns what is known of the service without a request. */
  identity(): ServiceIdentity;
  /**
   * Refuses to go on with what belongs to another service, as far as that is known without a request.
   * @param what "project 7"
   * @throws CrashtestError `OTHER_SERVICE`
   */
  requireSame(owner: ServiceIdentity | undefined, what: string): void;
  createProject(project: NewProject): Promise<CreatedProject>;
  deleteProject(projectId: string, options?: OwnerOption): Promise<"deleted" | "notFound">;
  startScan(target: ScanTarget): Promise<StartedScan | "projectNotFound">;
  stopScan(scan: ScanAddress, options?: CallOptions): Promise<"stopped" | "notFound" | "notRunning">;
  /** Returns undefined where there is no such scan. */
  getScanStatus(scan: ScanAddress, options?: CallOptions): Promise<ScanStatus | undefined>;
  /** Waits for pending requests and closes the connections. A process may also just exit. */
  close(): Promise<void>;
  /** Streams a report to a destination, and returns the bytes written. */
  writeReport(
    scan: ScanAddress,
    format: ServiceReportFormat,
    destination: Writable,
    options?: CallOptions,
  ): Promise<number>;
  /** Reads a report as text, to be parsed. */
  readReport(scan: ScanAddress, format: "json" | "xml", options?: CallOptions): Promise<string>;
}
