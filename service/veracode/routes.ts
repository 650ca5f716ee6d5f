const REST = "/dae/api/tcs-api/api/v1";
const PROFILE = `${REST}/analysis_profiles/{analysisProfileId}`;
const WEBHOOK = "/dae/api/core-api/webhook/{webhook}";

/** The route of each operation. A test holds this table to `contract/veracode.yaml`. */
export const ROUTES = {
  listTargets: `GET ${REST}/targets`,
  createTarget: `POST ${REST}/targets`,
  getTarget: `GET ${REST}/targets/{targetId}`,
  updateTarget: `PUT ${REST}/targets/{targetId}`,
  uploadSpecification: `POST ${REST}/targets/{targetId}/spec`,
  deleteTarget: `DELETE ${REST}/targets/{targetId}`,
  startAnalysisRun: `POST ${REST}/analysis_run`,
  stopAnalysisRun: `POST ${REST}/analysis_run/{targetId}/stop`,
  listAnalysisRuns: `GET ${REST}/targets/{targetId}/analysis_runs`,
  getAnalysisRun: `GET ${REST}/targets/{targetId}/analysis_runs/{analysisRunId}`,
  getAnalysisRunReport: `GET ${REST}/targets/{targetId}/analysis_runs/{analysisRunId}/report/{format}`,
  listAnalysisProfiles: `GET ${REST}/analysis_profiles`,
  setSystemAuthentication: `PUT ${PROFILE}/system_authentication`,
  setApplicationAuthentication: `PUT ${PROFILE}/application_authentication`,
  setParameterAuthentications: `PUT ${PROFILE}/parameter_authentications`,
  startWebhookScan: `POST ${WEBHOOK}`,
  getWebhookScanStatus: `GET ${WEBHOOK}/scans/{scanId}/status`,
  getWebhookReportJunit: `GET ${WEBHOOK}/scans/{scanId}/report/junit`,
} as const;

export type Operation = keyof typeof ROUTES;
export type RouteParameters = Partial<
  Record<"targetId" | "analysisRunId" | "analysisProfileId" | "format" | "scanId" | "webhook", string>
>;
