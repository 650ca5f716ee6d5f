import type { ScanStarting } from "../../scans/start-scan";
import type { Access } from "../access";
import { junitAnswer, reportOf } from "../report-answers";
import type { CrashtestOperations } from "./operations";
import { startOrRefuse, statusAnswer } from "./scans";

/** The operations of the second transport: a secret UUID, one per project, instead of the API key. */
export function webhookOperations(
  starting: ScanStarting,
  access: Access,
): Pick<CrashtestOperations, "startWebhookScan" | "getWebhookScanStatus" | "getWebhookReportJunit"> {
  return {
    // The service does not say here whether the scan was already running.
    startWebhookScan: async (call) => {
      const { scan } = await startOrRefuse(starting, call, () => access.webhookProject(call));
      return { status: 200, body: { data: { scanId: scan.id } } };
    },
    getWebhookScanStatus: (call) => statusAnswer(access.webhookScan(call).scan),
    getWebhookReportJunit: (call) => junitAnswer(reportOf(access.webhookScan(call))),
  };
}
