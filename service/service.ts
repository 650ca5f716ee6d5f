import type { Writable } from "node:stream";
import type { Login, LoginKind } from "./login";
import type { ServiceKind, ServiceRules } from "./rules";
import type { ScanStatus } from "./scan-status";

/** The service that issued an ID: project 7 of one service is not project 7 of another. */
export interface ServiceIdentity {
  /** Which service; absent: crashtest. */
  readonly kind?: Exclude<ServiceKind, "crashtest">;
  /** Scheme, host and port, such as `https://api.crashtest.cloud`. */
  readonly origin: string;
  /** Which database it answers from, if it says so: an in-memory database is a new one at each start. */
  readonly instance?: string;
}

/** Returns which service an identity is of. */
export const kindOfService = ({ kind }: ServiceIdentity): ServiceKind => kind ?? "crashtest";

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

/** Options of stopping a scan. */
export interface StopOptions extends CallOptions {
  /** Waits, for a bounded time, until the scan has stopped, so that another one can start. @default false */
  untilStopped?: boolean;
}

/** What a scan is started by and found by: a project, or the secret webhook of one. */
export type ScanTarget = ({ projectId: string } | { webhook: string }) & OwnerOption;

/** One scan of a target. */
export type ScanAddress = ScanTarget & { scanId: string };

/** The kind of target: what a service can do depends on it. */
export type TargetKind = "project" | "webhook";

export const kindOf = (target: ScanTarget): TargetKind => ("webhook" in target ? "webhook" : "project");

/** How a scan reaches what no link of its target's public pages leads to. */
export interface StartOptions {
  login?: Login | undefined;
  /** Ways of an earlier login that are no longer wanted: a service that keeps logins forgets them. @default none */
  formerLogin?: readonly LoginKind[] | undefined;
  /** The text of an OpenAPI document, JSON or YAML. */
  apiSpecification?: string | undefined;
}

/** A running scan. */
export interface StartedScan {
  scanId: string;
  /** Whether it was already running, or that is unknown. */
  joined: boolean;
  /** The answer to the start was lost, but this is the only scan that began after it was sent. @default false */
  isFoundAfterLostStart?: true;
  /** When it began, by the service's own clock: an ISO 8601 time in UTC. Undefined where the service does not say. */
  startedAt?: string;
  service: ServiceIdentity;
}

/** What a project is created from. */
export interface NewProject {
  /** Absent where the service has projects without a team. */
  teamId?: string;
  name: string;
  /** The address to scan. */
  url: string;
  /** The kind of target, in the service's terms. */
  type: string;
  /** How thoroughly it is scanned, in the service's terms. */
  scanType?: string;
  description?: string;
  /** The address of a description of the target's API. */
  apiSpecification?: string;
  /** Whoever declares it consents to the scans, for a service that asks. */
  authorizedToScan?: true;
}

/** What a service says of a project; absent: it does not say, or there is none. */
export interface ProjectSnapshot extends Partial<Omit<NewProject, "authorizedToScan">> {
  /** When it was created, by the service's own clock: an ISO 8601 time in UTC. */
  createdAt?: string;
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
  /** What the service says of it; undefined where it says nothing. */
  snapshot?: ProjectSnapshot;
}

/** The formats in which a service itself provides reports. */
export type ServiceReportFormat = "json" | "xml" | "pdf" | "csv";

/**
 * The port of a scanning service, for lifecycles, gates and functions. Failures are thrown as typed errors, and calls with
 * IDs of another service are refused (`OTHER_SERVICE`).
 */
export interface ScanningService {
  readonly rules: ServiceRules;
  /** Whether scans can check their login. Only the local service can, which is known by its loopback address. */
  readonly canCheckLogin: boolean;
  /** Returns why the service cannot be used for this kind of target; empty where it can. Sends no request. */
  configurationProblems(kind: TargetKind): readonly string[];
  /** Returns what is known of the service without a request. */
  identity(): ServiceIdentity;
  /**
   * Refuses to go on with what belongs to another service, as far as that is known without a request.
   * @param what "project 7"
   * @throws CrashtestError `OTHER_SERVICE`
   */
  requireSame(owner: ServiceIdentity | undefined, what: string): void;
  createProject(project: NewProject): Promise<CreatedProject>;
  /**
   * Changes a project in place: what is absent stays as it is. Only where `rules.project` lets a property be updated.
   *
   * @returns what it is now
   */
  updateProject(
    projectId: string,
    changes: Partial<NewProject>,
    options?: OwnerOption,
  ): Promise<ProjectSnapshot | "notFound">;
  /** Reads a project. Only where `rules.project.canRead`. */
  readProject(projectId: string, options?: OwnerOption): Promise<ProjectSnapshot | "notFound">;
  deleteProject(projectId: string, options?: OwnerOption): Promise<"deleted" | "notFound">;
  /** Starts a scan. A running one that is joined has the login and the specification that it was started with. */
  startScan(target: ScanTarget, options?: StartOptions): Promise<StartedScan | "projectNotFound">;
  stopScan(scan: ScanAddress, options?: StopOptions): Promise<"stopped" | "notFound" | "notRunning">;
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
