import type { ScanState } from "../scan-state";
import type { ServiceIdentity } from "../service-identity";

/** What a scan is started by: the account's project, or the secret webhook of one. */
export type ScanTarget = ({ projectId: string } | { webhook: string }) & {
  /** The service that the numbers belong to, of project and scan; undefined where nobody noted it. */
  owner?: ServiceIdentity | undefined;
  /** The resource of the project, to stand in messages; undefined where the program did not say which it is. */
  projectUrn?: string | undefined;
};

/** A scan that runs now. */
export interface RunningScan {
  scanId: string;
  /** Whether it ran before this start, or nobody can tell. */
  joined: boolean;
  service: ServiceIdentity;
}

/** A project that the service has created. */
export interface CreatedProject {
  projectId: string;
  service: ServiceIdentity;
  /** How the owner of the target proves it, as far as the service says it. */
  verification?: { fileName?: string; fileContent?: string; txtRecord?: string } | undefined;
  /** What the service said of that and cannot be used. */
  verificationProblems?: readonly string[];
}

/**
 * The scanning service, as far as lifecycles need to know one. Whatever is no value here is thrown as a typed error, and what
 * is asked by numbers of another service (`OTHER_SERVICE`) is not done.
 */
export interface ScanService {
  /** What keeps the service from being used by this transport; empty where nothing does. Asks nobody. */
  configurationProblems(transport: "project" | "webhook"): readonly string[];
  /** The service that is asked, as far as it is known without asking. */
  identity(): ServiceIdentity;
  /**
   * Refuses, as far as it can without asking, to go on with what belongs to another service.
   * @param what "project 7"
   * @throws CrashtestError `OTHER_SERVICE`
   */
  requireSame(owner: ServiceIdentity | undefined, what: string): void;
  createProject(project: { teamId: string; name: string; url: string; type: string }): Promise<CreatedProject>;
  deleteProject(projectId: string, owner?: ServiceIdentity): Promise<"deleted" | "notFound">;
  startScan(target: ScanTarget): Promise<RunningScan | "projectNotFound">;
  stopScan(projectId: string, scanId: string, owner?: ServiceIdentity): Promise<"stopped" | "notFound" | "notRunning">;
  /** Undefined where there is no such scan. */
  getScanState(target: ScanTarget, scanId: string): Promise<ScanState | undefined>;
}
