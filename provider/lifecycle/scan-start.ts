import { CrashtestError } from "../errors";
import { missingProject } from "./missing-project";
import type { RunningScan, ScanService, ScanTarget } from "./service";

/** What to do about a scan of the project that somebody else started and that still runs. */
export type WhenRunning = "join" | "restart";

/** Each time that a running scan was stopped, somebody else may have started one: this often, then it is an error. */
const MAX_RESTARTS = 3;

/**
 * Starts a scan. One that runs already is joined, or stopped and started anew:
 * - somebody else's as `whenRunning` says;
 * - this resource's own always anew, since what it tests is not what has now been deployed.
 *
 * @param ownScanId the scan that this resource started itself
 * @throws CrashtestError `SCAN_RESTARTED_ELSEWHERE` where others keep starting scans, `NOT_FOUND` where the project is gone
 */
export async function startOrJoin(
  service: ScanService,
  target: ScanTarget,
  whenRunning: WhenRunning,
  ownScanId?: string,
): Promise<RunningScan> {
  for (let restarts = 0; restarts <= MAX_RESTARTS; restarts += 1) {
    const running = await service.startScan(target);
    if (running === "projectNotFound") {
      throw missingProject("projectId" in target ? target.projectId : "of the webhook", target.projectUrn);
    }
    const isFit = !running.joined || (whenRunning === "join" && running.scanId !== ownScanId);
    if (isFit || !("projectId" in target)) return running;
    await service.stopScan(target.projectId, running.scanId, target.owner);
  }
  throw new CrashtestError({
    code: "SCAN_RESTARTED_ELSEWHERE",
    problem: `Could not start a scan of its own: each of ${MAX_RESTARTS + 1} times a scan was running already, and was stopped`,
    remedy: 'Something else starts scans of this project: end that, or set whenRunning to "join".',
  });
}
