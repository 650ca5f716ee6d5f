import type { Consent } from "../consent/consent";
import type { ScanRunner } from "../scans/scan-runner";
import { statusCodeOf } from "../scans/status-code";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";
import type { Access } from "./access";
import type { Answer, Operations } from "./operation";
import { Refusal } from "./refusal";
import { verificationOf } from "./verification";

/** What starting a scan needs, the same in both transports. */
export interface ScanStarting {
  runner: ScanRunner;
  consent: Consent;
}

/**
 * Starts a scan of the project, or returns the running one. `findProject` is called again after the proof was checked,
 * since the project may have been deleted in the meantime.
 * @throws Refusal 409 if the scanner does not scan this target, or if its owner's consent is not proven.
 */
export async function startScan(
  { runner, consent }: ScanStarting,
  findProject: () => Project,
): Promise<ReturnType<ScanRunner["start"]>> {
  const project = findProject();
  const running = runner.findRunning(project);
  if (running !== undefined) return { scan: running, isNew: false };
  const reason = runner.refuse(project);
  if (reason !== undefined) throw new Refusal(409, "target_refused", { reason });
  const admission = await consent.admit(project);
  if ("refusal" in admission) {
    const { slug, refusal } = admission;
    const proof = slug === "target_not_verified" ? { verification: verificationOf(project) } : {};
    throw new Refusal(409, slug, { reason: refusal, ...proof });
  }
  return runner.start(findProject(), admission.addresses);
}

/** Creates the answer with a scan's status, the same in both transports. */
export function statusAnswer(scan: Scan): Answer {
  const { reason, coverage } = scan.outcome ?? {};
  const status = {
    status_code: statusCodeOf(scan),
    ...(scan.state === "failed" && reason !== undefined ? { reason } : {}),
    ...(coverage === undefined ? {} : { coverage }),
  };
  return { status: 200, body: { message: "scan_status_retrieved", data: { status } } };
}

export function scanOperations(
  starting: ScanStarting,
  access: Access,
): Pick<Operations, "startScan" | "stopScan" | "getScanStatus"> {
  return {
    startScan: async (call) => {
      const { scan, isNew } = await startScan(starting, () => access.project(call));
      const data = { scanId: scan.id };
      return isNew
        ? { status: 201, body: { message: "scan_started", data } }
        : { status: 200, body: { message: "scan_already_running", data } };
    },
    stopScan: async (call) => {
      const { scan } = access.scan(call);
      const ended = await starting.runner.stop(scan.id);
      if (ended?.state !== "stopped") throw new Refusal(409, "scan_not_running");
      return { status: 200, body: { message: "scan_stopped" } };
    },
    getScanStatus: (call) => statusAnswer(access.scan(call).scan),
  };
}
