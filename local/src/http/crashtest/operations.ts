import type { operations } from "../../../../contract/wire.generated";
import type { Operation } from "../operation";

/** Every operation of the Crashtest contract, by its `operationId`. */
export type CrashtestOperations = Readonly<Record<keyof operations, Operation>>;

/** Method and path of each operation; a test holds this table to the contract. */
export const CRASHTEST_ROUTES: Readonly<Record<keyof operations, string>> = {
  createProject: "POST /projects",
  deleteProject: "DELETE /projects/{projectId}",
  startScan: "POST /projects/{projectId}/scans",
  stopScan: "DELETE /projects/{projectId}/scans/{scanId}",
  getScanStatus: "GET /projects/{projectId}/scans/{scanId}/status",
  getReportJson: "GET /projects/{projectId}/scans/{scanId}/report/json",
  getReportXml: "GET /projects/{projectId}/scans/{scanId}/report/xml",
  getReportPdf: "GET /projects/{projectId}/scans/{scanId}/report/pdf",
  startWebhookScan: "POST /webhook/{webhook}",
  getWebhookScanStatus: "GET /webhook/{webhook}/scans/{scanId}/status",
  getWebhookReportJunit: "GET /webhook/{webhook}/scans/{scanId}/report/junit",
};
