import type { Finding } from "../finding";
import { compareSeverity, SEVERITIES, type Severity } from "../severity";
import type { FailOn, ResolvedGateSettings } from "./settings";

/** More of something than the settings let pass. */
export interface Excess {
  /** What is too much, such as "2 high (failOn: high)". */
  what: string;
  findings: readonly Finding[];
}

type Thresholds = Pick<ResolvedGateSettings, "failOn" | "maxFindings" | "minCvss">;

/** All that closes a gate among the findings that count; empty where nothing does. */
export function excessesOf(settings: Thresholds, findings: readonly Finding[]): Excess[] {
  const bySeverity = SEVERITIES.map((severity) => excessOf(settings, severity, findings));
  return [...bySeverity, scoreExcess(settings, findings)].filter((excess) => excess !== undefined);
}

/** Whether a severity is at or above the threshold. What nobody rated reaches every threshold. */
export function reachesThreshold(severity: Severity, failOn: FailOn): boolean {
  if (failOn === "none") return false;
  return severity === "unknown" || compareSeverity(severity, failOn) <= 0;
}

function excessOf(settings: Thresholds, severity: Severity, all: readonly Finding[]): Excess | undefined {
  const findings = all.filter((finding) => finding.severity === severity);
  const allowed = settings.maxFindings[severity];
  const limit = allowed ?? (reachesThreshold(severity, settings.failOn) ? 0 : Number.POSITIVE_INFINITY);
  if (findings.length <= limit) return undefined;
  const why = allowed === undefined ? `failOn: ${settings.failOn}` : `maxFindings: ${allowed} ${severity}`;
  return { what: `${findings.length} ${severity} (${why})`, findings };
}

function scoreExcess({ minCvss }: Thresholds, all: readonly Finding[]): Excess | undefined {
  if (minCvss === undefined) return undefined;
  const findings = all.filter((finding) => reachesScore(finding, minCvss));
  if (findings.length === 0) return undefined;
  return { what: `${findings.length} with a score of ${minCvss} or more (minCvss)`, findings };
}

function reachesScore({ severity, cvss, cves }: Finding, minCvss: number): boolean {
  const scores = [cvss?.baseScore, ...cves.map(({ cvssScore }) => cvssScore)];
  return severity === "unknown" || scores.some((score) => ratedScore(score) >= minCvss);
}

const WORST_SCORE = 10;

/** What has no score, or one that CVSS does not have, was rated by nobody: it counts as the worst. */
function ratedScore(score: number | undefined): number {
  return score !== undefined && score >= 0 && score <= WORST_SCORE ? score : WORST_SCORE;
}
