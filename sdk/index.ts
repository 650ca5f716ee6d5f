export { Project, type ProjectArgs } from "./project";
export { Scan, type ScanArgs, type ScanSettings, type ScanTargetArgs } from "./scan";
export type { FindingCounts } from "../findings/severity";
export type { GateTargetArgs } from "./gate/gate-target";
export { ScanGate, type ScanGateArgs, type ScanGateSettings } from "./scan-gate";
export {
  scanOnDeploy,
  type DeployedScan,
  type ScanOnDeploy,
  type ScanOnDeployArgs,
  type ScanOnDeploySettings,
} from "./scan-on-deploy";
export type { AcceptedFinding } from "../findings/gate/accepted-finding";
export type { FailOn, GateSettings } from "../findings/gate/settings";
export type { Verdict, VerdictReason } from "../findings/gate/verdict";
export type { Triggers } from "./triggers";
export type { InputsOf, ScanReference } from "./scan-reference";
export { getFindings, getFindingsOutput, type FindingsArgs } from "./get-findings";
export type { DerivedReportFormat, ReportFormat } from "./report-format";
export { getReport, getReportOutput, type Report, type ReportArgs } from "./get-report";
export { getScanStatus, getScanStatusOutput, type ScanStatus } from "./get-scan-status";
export { ConfigurationError, CrashtestError, type ErrorCode } from "../provider/errors";
export type { WhenRunning } from "../provider/lifecycle/scan-start";
export type { ScanState } from "../provider/scan-state";
