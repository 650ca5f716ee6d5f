import { compareSeverity, SEVERITIES, type Severity } from "../severity";
import type { CountedFinding } from "./gate-finding";
import type { FailOn, ResolvedGateSettings } from "./settings";

/** More of something than the settings let pass. */
export interface Excess {
  /** What is too much, such as "2 high (failOn: high)". */
  what: string;
  findings: readonly CountedFinding[];
}

/** The settings that say how much is too much. */
export type Thresholds = Pick<ResolvedGateSettings, "failOn" | "maxFindings"> & { minCvss?: number | undefined };

/** All that closes a gate among the findings that count; empty where nothing does. */
export function excessesOf(settings: Thresholds, findings: readonly CountedFinding[]): Excess[] {
  const bySeverity = SEVERITIES.map((severity) => excessOf(settings, severity, findings));
  return [...bySeverity, scoreExcess(settings, findings)].filter((excess) => excess !== undefined);
}

/** Whether a severity is at or above the threshold. What nobody rated reaches every threshold. */
export function reachesThreshold(severity: Severity, failOn: FailOn): boolean {
  if (failOn === "none") return false;
  return severity === "unknown" || compareSeverity(severity, failOn) <= 0;
}

function excessOf(settings: Thresholds, severity: Severity, all: readonly CountedFinding[]): Excess | undefined {
  const findings = all.filter((finding) => finding.severity === severity);
  const allowed = settings.maxFindings[severity];
  const limit = allowed ?? (reachesThreshold(severity, settings.failOn) ? 0 : Number.POSITIVE_INFINITY);
  if (findings.length <= limit) return undefined;
  const why = allowed === undefined ? `failOn: ${settings.failOn}` : `maxFindings: ${allowed} ${severity}`;
  return { what: `${findings.length} ${severity} (${why})`, findings };
}

function scoreExcess({ minCvss }: Thresholds, all: readonly CountedFinding[]): Excess | undefined {
  if (minCvss === undefined) return undefined;
  const findings = all.filter(({ worstScore }) => worstScore >= minCvss);
  if (findings.length === 0) return undefined;
  return { what: `${findings.length} with a score of ${minCvss} or more (minCvss)`, findings };
}
