import { proofOf } from "../../consent/proof";
import { topScoreOf } from "../../reports/top-score";
import { startScan, type ScanStarting } from "../../scans/start-scan";
import type { Project } from "../../store/projects";
import type { Scan, ScanStore } from "../../store/scans";
import { startDetailsOf } from "../start-request";
import type { Lookups } from "./lookups";
import { TARGETS_PATH, type VeracodeOperations, type Wire } from "./operations";
import { pageAround, rangeOf } from "./paging";
import type { ProfileMemory } from "./profile-settings";
import { problem, type Problem } from "./problem";
import { statusOf, type Stopping } from "./run-status";

export interface RunParts extends ScanStarting {
  scans: ScanStore;
  lookups: Lookups;
  stopping: Set<number>;
  memory: ProfileMemory;
  /** Receives failures of the service itself. */
  log: (line: string) => void;
}

type RunOperations = Pick<
  VeracodeOperations,
  "startAnalysisRun" | "stopAnalysisRun" | "listAnalysisRuns" | "getAnalysisRun"
>;

export function runOperations(parts: RunParts): RunOperations {
  const { scans, lookups, stopping, memory } = parts;
  return {
    startAnalysisRun: async (call) => {
      const { id, ...ofThisRun } = call.body as Wire["AnalysisRunRequest"];
      const findProject = (): Project => lookups.target(call, id);
      const { targetId, url } = findProject();
      const settings = { ...memory.of(targetId), ...ofThisRun };
      const details = { startedBy: call.user().name, ...startDetailsOf(settings, new URL(url)) };
      const started = await startScan(parts, findProject, details);
      if ("refusal" in started) throw refusedStart(findProject(), started.refusal);
      if (!started.isNew) throw problem(400, "ANALYSIS_IN_PROGRESS", "A run of this target is in progress.");
      return { status: 200, body: runOf(findProject(), started.scan, stopping) };
    },
    stopAnalysisRun: (call) => {
      const project = lookups.target(call);
      const running = parts.runner.findRunning(project);
      if (running === undefined) throw problem(400, "INVALID_TARGET_STATE", "No run of this target is in progress.");
      void stopRun(running.id, call.query.get("action") !== "STOP_SAVE", parts);
      return { status: 200, isEmpty: true };
    },
    listAnalysisRuns: (call) => {
      const project = lookups.target(call);
      const range = rangeOf(call);
      const runs = scans.page(project.id, range).map((scan) => runOf(project, scan, stopping));
      const path = `${TARGETS_PATH}/${project.targetId}/analysis_runs`;
      const around = pageAround(path, call.query, range, scans.count(project.id));
      return { status: 200, body: { _embedded: { analysis_runs: runs }, ...around } };
    },
    getAnalysisRun: (call) => {
      const { project, scan } = lookups.run(call);
      return { status: 200, body: runOf(project, scan, stopping) };
    },
  };
}

/**
 * ASSUMED: the code. The real service asks for no proof of ownership, but this one scans what is not on this machine only
 * with its owner's consent, whichever API it speaks.
 */
function refusedStart(
  { proofSeed }: Project,
  { slug, reason }: { slug: "target_refused" | "target_not_verified"; reason: string },
): Problem {
  const { uuid, fileName } = proofOf(proofSeed);
  const remedy = slug === "target_refused" ? "" : ` Serve ${uuid} as /${fileName} at the target's web root.`;
  return problem(400, slug.toUpperCase(), `${reason}.${remedy}`);
}

/** Stops a scan in the background; it is STOPPING until its scanner has ended. */
async function stopRun(scanId: number, isDeleted: boolean, { runner, scans, stopping, log }: RunParts): Promise<void> {
  stopping.add(scanId);
  try {
    await runner.stop(scanId);
    if (isDeleted) scans.delete(scanId);
  } catch (error) {
    log(`crashtest-local could not stop scan ${scanId}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    stopping.delete(scanId);
  }
}

function runOf(project: Project, scan: Scan, stopping: Stopping): Wire["AnalysisRun"] {
  const isHttps = project.url.toLowerCase().startsWith("https:");
  return {
    analysis_run_id: scan.runId,
    target_id: project.targetId,
    scan_number: scan.number,
    started_at: new Date(scan.startedAtMs).toISOString(),
    finished_at: scan.endedAtMs === undefined ? null : new Date(scan.endedAtMs).toISOString(),
    url: project.url.replace(/^https?:\/\//i, ""),
    target_protocol: isHttps ? "HTTPS" : "HTTP",
    scan_type: project.scanType === "enterprise" ? "ENTERPRISE" : "QUICK",
    status: statusOf(scan, stopping),
    started_by_name: scan.startedBy ?? null,
    max_cvss: scan.outcome === undefined ? null : (topScoreOf(scan.outcome) ?? null),
    ...{ max_duration: null, max_crawl_duration: null, result_import_status: null },
    id: scan.id,
  };
}
