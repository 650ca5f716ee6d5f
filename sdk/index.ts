export { Project, type ProjectArgs } from "./project";
export { Scan, type ScanArgs, type ScanSettings, type ScanTargetArgs } from "./scan";
export type { ApiSpecificationArgs } from "./reach/api-specification";
export type { LoginArgs } from "./reach/login";
export type { FindingCounts } from "../findings/severity";
export { ScanGate, type GateTargetArgs, type ScanGateArgs, type ScanGateSettings } from "./scan-gate";
export {
  scanOnDeploy,
  type DeployedScan,
  type ScanOnDeploy,
  type ScanOnDeployArgs,
  type ScanOnDeploySettings,
} from "./scan-on-deploy";
export type { AcceptedFinding } from "../gate/rules/accepted-finding";
export type { FailOn, GateSettings } from "../gate/rules/settings";
export type { Verdict, VerdictReason } from "../gate/rules/verdict";
export type { Triggers } from "./triggers/triggers";
export type { InputsOf } from "../program/outputs";
export type { ScanReference } from "../service/scan-reference";
export { getFindings, getFindingsOutput, type FindingsArgs } from "./get-findings";
export type { DerivedReportFormat, ReportFormat } from "../report-files/report-format";
export { getReport, getReportOutput, type Report, type ReportArgs } from "./get-report";
export { getScanStatus, getScanStatusOutput, type ScanStatus } from "./get-scan-status";
export { ConfigurationError, CrashtestError, type ErrorCode } from "../errors/errors";
export type { WhenRunning } from "../provider/lifecycle/scan-start";
export type { ScanState } from "../service/scan-status";
