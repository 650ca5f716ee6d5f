import type { ScanRunner } from "../scans/scan-runner";
import type { Access } from "./access";
import type { Operations } from "./operation";
import { junitAnswer, reportOf } from "./reports";
import { startScan, statusAnswer } from "./scans";

/** The second transport: a secret UUID, one per project, in place of the API key. */
export function webhookOperations(
  runner: ScanRunner,
  access: Access,
): Pick<Operations, "startWebhookScan" | "getWebhookScanStatus" | "getWebhookReportJunit"> {
  return {
    // The service does not say here whether the scan ran already.
    startWebhookScan: (call) => {
      const { scan } = startScan(runner, access.webhookProject(call));
      return { status: 200, body: { data: { scanId: scan.id } } };
    },
    getWebhookScanStatus: (call) => statusAnswer(access.webhookScan(call).scan),
    getWebhookReportJunit: (call) => junitAnswer(reportOf(access.webhookScan(call))),
  };
}
