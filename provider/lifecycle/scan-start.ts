import { CrashtestError } from "../../errors/errors";
import {
  type ScanTarget,
  type ScanningService,
  type StartOptions,
  type StartedScan,
  kindOf,
} from "../../service/service";

/** What to do about a running scan of the project that somebody else started. */
export type WhenRunning = "join" | "restart";

/** After each stop of a running scan, somebody else may have started another one. */
const MAX_RESTARTS = 3;

/** How a scan is started. */
export interface StartSettings {
  whenRunning: WhenRunning;
  /** The scan that this resource started. */
  ownScanId?: string | undefined;
  /** The URN of the project, for messages; undefined where the program does not know it. */
  projectUrn?: string | undefined;
  /** How the scan reaches what no public link leads to. */
  content?: StartOptions;
  /** Ends the wait for a scan that is being stopped. @default never */
  signal?: AbortSignal | undefined;
}

/**
 * Starts a scan. A running one is joined or restarted:
 * - somebody else's as `whenRunning` says;
 * - this resource's own is always restarted, since it tests what was deployed before.
 *
 * @throws CrashtestError `SCAN_RESTARTED_ELSEWHERE` where others keep starting scans, `NOT_FOUND` where the project is gone
 */
export async function startOrJoin(
  service: ScanningService,
  target: ScanTarget,
  { whenRunning, ownScanId, projectUrn, content = {}, signal }: StartSettings,
): Promise<StartedScan> {
  const { canStop } = service.rules.abilitiesFor(kindOf(target));
  for (let restarts = 0; restarts <= MAX_RESTARTS; restarts += 1) {
    const running = await service.startScan(target, content);
    if (running === "projectNotFound") {
      throw missingProject("projectId" in target ? target.projectId : "of the webhook", projectUrn);
    }
    const isNew = !running.joined || running.isFoundAfterLostStart === true;
    const isFit = isNew || (whenRunning === "join" && running.scanId !== ownScanId);
    if (isFit || !canStop) return running;
    await service.stopScan({ ...target, scanId: running.scanId }, { untilStopped: true, signal });
  }
  throw new CrashtestError({
    code: "SCAN_RESTARTED_ELSEWHERE",
    problem: `Could not start a new scan: ${MAX_RESTARTS + 1} times another scan was already running, and was stopped`,
    remedy: 'Something else starts scans of this project: stop that, or set whenRunning to "join".',
  });
}

/** Returns the error for a project that is gone. Only a start notices that where the service cannot read projects. */
function missingProject(projectId: string, urn: string | undefined): CrashtestError {
  const command = `\`pulumi up --replace '${urn ?? "URN"}'\``;
  const where = urn === undefined ? ", with the URN of the project, which `pulumi stack --show-urns` lists" : "";
  return new CrashtestError({
    code: "NOT_FOUND",
    problem: `Could not start a scan of project ${projectId}: the service has no such project (project_not_found)`,
    remedy:
      `If it belongs to this stack, it was deleted elsewhere, or by an interrupted run: recreate it with ${command}${where}. ` +
      "If adoptProjectId names it, remove that first. If it does not belong to this stack, check projectId.",
  });
}
