import { startScan, type ScanStarting } from "../../scans/start-scan";
import { statusCodeOf } from "../../scans/status-code";
import type { Project } from "../../store/projects";
import type { Access } from "../access";
import type { Call } from "../operation";
import { Refusal } from "../refusal";
import { junitAnswer, reportOf } from "../report-answers";
import { startDetailsOf } from "../start-request";
import type { VeracodeOperations, Wire } from "./operations";
import type { ProfileMemory } from "./profile-settings";

type WebhookOperations = Pick<
  VeracodeOperations,
  "startWebhookScan" | "getWebhookScanStatus" | "getWebhookReportJunit"
>;

/** The operations of the second transport: a UUID, besides a signature of a member of the target's team. */
export function webhookOperations(starting: ScanStarting, access: Access, memory: ProfileMemory): WebhookOperations {
  const projectOf = (call: Call): Project => {
    const project = access.webhookProject(call);
    access.requireTeam(call.user(), project.teamId);
    return project;
  };
  const scanOf = (call: Call): ReturnType<Access["webhookScan"]> => {
    projectOf(call);
    return access.webhookScan(call);
  };
  return {
    startWebhookScan: async (call) => {
      const body = (call.body ?? {}) as Wire["StartScanRequest"];
      const { login_check: _ofThisScan, ...changes } = body;
      const { targetId, url } = projectOf(call);
      const settings = { ...memory.of(targetId), ...body };
      const details = { startedBy: call.user().name, ...startDetailsOf(settings, new URL(url)) };
      const started = await startScan(starting, () => projectOf(call), details);
      if ("refusal" in started) throw new Refusal(409, started.refusal.slug);
      if (!started.isNew) return { status: 200, body: { message: "Scan is already running" } };
      memory.change(targetId, changes);
      return { status: 200, body: { message: "webhook_scan_started", data: { scanId: started.scan.id } } };
    },
    getWebhookScanStatus: (call) => {
      const status = { status_code: statusCodeOf(scanOf(call).scan) };
      return { status: 200, body: { message: "scan_status_retrieved", data: { status } } };
    },
    getWebhookReportJunit: (call) => junitAnswer(reportOf(scanOf(call))),
  };
}
