import type { ScanState } from "../scan-state";

/** What a scan is started by: the account's project, or the secret webhook of one. */
export type ScanTarget = { projectId: string } | { webhook: string };

/** A scan that runs now. */
export interface RunningScan {
  scanId: string;
  /** Whether it ran before this start, or nobody can tell. */
  joined: boolean;
}

/** A project that the service has created. */
export interface CreatedProject {
  projectId: string;
  /** How the owner of the target proves it, as far as the service says it. */
  verification?: { fileName?: string; fileContent?: string; txtRecord?: string } | undefined;
  /** What the service said of that and cannot be used. */
  verificationProblems?: readonly string[];
}

/** The scanning service, as far as lifecycles need to know one. Whatever is no value here is thrown as a typed error. */
export interface ScanService {
  /** What keeps the service from being used by this transport; empty where nothing does. Asks nobody. */
  configurationProblems(transport: "project" | "webhook"): readonly string[];
  createProject(project: { teamId: string; name: string; url: string; type: string }): Promise<CreatedProject>;
  deleteProject(projectId: string): Promise<"deleted" | "notFound">;
  startScan(target: ScanTarget): Promise<RunningScan>;
  stopScan(projectId: string, scanId: string): Promise<"stopped" | "notFound" | "notRunning">;
  /** Undefined where there is no such scan. */
  getScanState(target: ScanTarget, scanId: string): Promise<ScanState | undefined>;
}
