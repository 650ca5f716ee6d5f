/** The public entry `pulumi-crashtest/findings`: reports as typed findings, and the rules of a gate. Does not load Pulumi. */
export * from "../findings";
export { AcceptFileError, parseAcceptFile } from "../gate/rules/accept-file";
export type { AcceptedFinding } from "../gate/rules/accepted-finding";
export { BaselineFileError, parseBaselineFile } from "../gate/rules/baseline-file";
export { decideVerdict } from "../gate/rules/decide-verdict";
export type { GatedScan, GateEvidence, ReportProblem, ScanEnd } from "../gate/rules/verdict";
export type { FailOn, GateSettings } from "../gate/rules/settings";
export type { Verdict, VerdictReason } from "../gate/rules/verdict";
export type { ServiceAbilities } from "../service/rules";
