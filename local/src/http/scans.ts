import type { ScanRunner } from "../scans/scan-runner";
import { statusCodeOf } from "../scans/status-code";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";
import type { Access } from "./access";
import type { Answer, Operations } from "./operation";
import { Refusal } from "./refusal";

/**
 * Starts a scan of the project, or names the one that runs.
 * @throws Refusal 409 where the scanner does not scan this target.
 */
export function startScan(runner: ScanRunner, project: Project): ReturnType<ScanRunner["start"]> {
  const reason = runner.refuse(project);
  if (reason !== undefined) throw new Refusal(409, "target_refused", { reason });
  return runner.start(project);
}

/** The answer with a scan's status, the same in both transports. */
export function statusAnswer(scan: Scan): Answer {
  const status = { status_code: statusCodeOf(scan) };
  return { status: 200, body: { message: "scan_status_retrieved", data: { status } } };
}

export function scanOperations(
  runner: ScanRunner,
  access: Access,
): Pick<Operations, "startScan" | "stopScan" | "getScanStatus"> {
  return {
    startScan: (call) => {
      const { scan, isNew } = startScan(runner, access.project(call));
      const data = { scanId: scan.id };
      return isNew
        ? { status: 201, body: { message: "scan_started", data } }
        : { status: 200, body: { message: "scan_already_running", data } };
    },
    stopScan: async (call) => {
      const { scan } = access.scan(call);
      const ended = await runner.stop(scan.id);
      if (ended?.state !== "stopped") throw new Refusal(409, "scan_not_running");
      return { status: 200, body: { message: "scan_stopped" } };
    },
    getScanStatus: (call) => statusAnswer(access.scan(call).scan),
  };
}
