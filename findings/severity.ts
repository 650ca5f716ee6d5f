/**
 * How severe a finding is: the CVSS v3 rating of its description's base score, or `unknown` without such a score. `unknown`
 * means that it was not rated; it does not mean harmless.
 */
export type Severity = "critical" | "high" | "medium" | "low" | "info" | "unknown";

/** All severities, the most severe first; `unknown`, which has no rank, is last. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info", "unknown"];

/** The number of findings of each severity; all severities are present, with 0 if there are no findings. */
export type FindingCounts = Record<Severity, number>;

/**
 * Returns the severity of a CVSS v3 base score: 0 info, 0.1 to 3.9 low, 4.0 to 6.9 medium, 7.0 to 8.9 high, 9.0 to 10 critical.
 * A score between two of these belongs to the more severe one (3.95 is medium), as CVSS rounds up. A score that is missing, NaN
 * or outside 0 to 10 is `unknown`.
 */
export function severityOf(baseScore: number | undefined): Severity {
  if (baseScore === undefined || !(baseScore >= 0 && baseScore <= 10)) return "unknown";
  if (baseScore > 8.9) return "critical";
  if (baseScore > 6.9) return "high";
  if (baseScore > 3.9) return "medium";
  return baseScore > 0 ? "low" : "info";
}

const HIGHEST: Readonly<Record<Severity, number>> = {
  critical: 10,
  high: 8.9,
  medium: 6.9,
  low: 3.9,
  info: 0,
  unknown: 10,
};

/**
 * Returns the highest score that a finding of this severity can have; `unknown` can have 10.
 *
 * @param maxScore the highest score of all findings. One outside of the severity's range contradicts it, or says nothing new, and
 * is ignored
 */
export function highestScoreOf(severity: Severity, maxScore?: number): number {
  const isLower = severity === "unknown" ? Number(maxScore) > 0 : severityOf(maxScore) === severity;
  return isLower ? Math.min(HIGHEST[severity], maxScore ?? Infinity) : HIGHEST[severity];
}

/** Returns the severity with this name, ignoring case and surrounding blanks; `informational` is `info`, other names `unknown`. */
export function severityNamed(name: string): Severity {
  const plain = name.trim().toLowerCase();
  if (plain === "informational") return "info";
  return SEVERITIES.find((severity) => severity === plain) ?? "unknown";
}

/** Counts findings by severity. CVEs of a finding do not count. */
export function countFindings(findings: Iterable<{ readonly severity: Severity }>): FindingCounts {
  const counts: FindingCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/**
 * Compares two severities for sorting, the most severe first: negative if `left` is more severe than `right`, 0 if equal.
 * `unknown` sorts last; this is for display only and does not mean that it is less severe than `info`.
 */
export function compareSeverity(left: Severity, right: Severity): number {
  return SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);
}
