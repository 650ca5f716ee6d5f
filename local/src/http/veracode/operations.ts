import type { components, operations } from "../../../../contract/veracode.generated";
import { WEBHOOK_PATHS } from "../../options";
import type { Operation } from "../operation";

/** Every operation of the Veracode contract, by its `operationId`. */
export type VeracodeOperations = Readonly<Record<keyof operations, Operation>>;

export type Wire = components["schemas"];

const REST = "/dae/api/tcs-api/api/v1";
const WEBHOOK_PATH = WEBHOOK_PATHS.veracode;
export const TARGETS_PATH = `${REST}/targets`;
export const PROFILES_PATH = `${REST}/analysis_profiles`;

const PROFILE = `${PROFILES_PATH}/{analysisProfileId}`;
const RUN = `${TARGETS_PATH}/{targetId}/analysis_runs/{analysisRunId}`;

/** Method and path of each operation; a test holds this table to the contract. */
export const VERACODE_ROUTES: Readonly<Record<keyof operations, string>> = {
  listTargets: `GET ${TARGETS_PATH}`,
  createTarget: `POST ${TARGETS_PATH}`,
  getTarget: `GET ${TARGETS_PATH}/{targetId}`,
  updateTarget: `PUT ${TARGETS_PATH}/{targetId}`,
  uploadSpecification: `POST ${TARGETS_PATH}/{targetId}/spec`,
  deleteTarget: `DELETE ${TARGETS_PATH}/{targetId}`,
  listAnalysisRuns: `GET ${TARGETS_PATH}/{targetId}/analysis_runs`,
  getAnalysisRun: `GET ${RUN}`,
  getAnalysisRunReport: `GET ${RUN}/report/{format}`,
  startAnalysisRun: `POST ${REST}/analysis_run`,
  stopAnalysisRun: `POST ${REST}/analysis_run/{targetId}/stop`,
  listAnalysisProfiles: `GET ${PROFILES_PATH}`,
  getAnalysisProfile: `GET ${PROFILE}`,
  setSystemAuthentication: `PUT ${PROFILE}/system_authentication`,
  setApplicationAuthentication: `PUT ${PROFILE}/application_authentication`,
  setParameterAuthentications: `PUT ${PROFILE}/parameter_authentications`,
  startWebhookScan: `POST ${WEBHOOK_PATH}/{webhook}`,
  getWebhookScanStatus: `GET ${WEBHOOK_PATH}/{webhook}/scans/{scanId}/status`,
  getWebhookReportJunit: `GET ${WEBHOOK_PATH}/{webhook}/scans/{scanId}/report/junit`,
};
