import { startScan, type ScanStarting } from "../../scans/start-scan";
import { statusCodeOf } from "../../scans/status-code";
import type { Project } from "../../store/projects";
import type { Scan } from "../../store/scans";
import type { Access } from "../access";
import type { Answer, Call } from "../operation";
import type { CrashtestOperations } from "./operations";
import { Refusal } from "../refusal";
import { startDetailsOf, type StartScanBody } from "../start-request";
import { verificationOf } from "./verification";

/**
 * Starts a scan as the body of the call says.
 *
 * @throws Refusal 409 if the scanner does not scan this target, or if its owner's consent is not proven; 422 if the body
 * does not fit the target.
 */
export async function startOrRefuse(
  starting: ScanStarting,
  call: Call,
  findProject: () => Project,
): Promise<{ scan: Scan; isNew: boolean }> {
  const details = startDetailsOf(call.body as StartScanBody | undefined, new URL(findProject().url));
  const started = await startScan(starting, findProject, details);
  if (!("refusal" in started)) return started;
  const { slug, reason } = started.refusal;
  const proof = slug === "target_not_verified" ? { verification: verificationOf(findProject()) } : {};
  throw new Refusal(409, slug, { reason, ...proof });
}

/** Creates the answer with a scan's status, the same in both transports. */
export function statusAnswer(scan: Scan): Answer {
  const { reason, coverage, login } = scan.outcome ?? {};
  const status = {
    status_code: statusCodeOf(scan),
    ...(scan.state === "failed" && reason !== undefined ? { reason } : {}),
    ...(coverage === undefined ? {} : { coverage }),
    ...(login === undefined ? {} : { login }),
  };
  return { status: 200, body: { message: "scan_status_retrieved", data: { status } } };
}

export function scanOperations(
  starting: ScanStarting,
  access: Access,
): Pick<CrashtestOperations, "startScan" | "stopScan" | "getScanStatus"> {
  return {
    startScan: async (call) => {
      const { scan, isNew } = await startOrRefuse(starting, call, () => access.project(call));
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
