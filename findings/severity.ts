/**
 * How bad a finding is: the CVSS v3 qualitative rating of its description's base score, or `unknown` where there is no
 * such score. `unknown` means that nobody rated it; it does not mean harmless.
 */
export type Severity = "critical" | "high" | "medium" | "low" | "info" | "unknown";

/** All severities, the worst first; `unknown`, which has no rank of its own, stands last. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info", "unknown"];

/** How many findings there are of each severity; every severity is present, with 0 where there is none. */
export type FindingCounts = Record<Severity, number>;

/** The highest possible CVSS base score. */
const MAX_BASE_SCORE = 10;

/** The upper end of each band, as CVSS v3 names them; what is above all of them is critical. */
const BANDS: readonly (readonly [upTo: number, severity: Severity])[] = [
  [0, "info"],
  [3.9, "low"],
  [6.9, "medium"],
  [8.9, "high"],
];

/**
 * The severity of a CVSS v3 base score: 0 info, 0.1 to 3.9 low, 4.0 to 6.9 medium, 7.0 to 8.9 high, 9.0 to 10 critical.
 * A score that lies between two bands belongs to the worse one (3.95 is medium), as CVSS rounds up. A score that is
 * missing, NaN or outside 0 to 10 is `unknown`.
 */
export function severityOf(baseScore: number | undefined): Severity {
  if (baseScore === undefined || !(baseScore >= 0 && baseScore <= MAX_BASE_SCORE)) return "unknown";
  return BANDS.find(([upTo]) => baseScore <= upTo)?.[1] ?? "critical";
}

/** What XML reports of the service call a severity, where that is another word. */
const OTHER_NAMES: Readonly<Record<string, Severity>> = { informational: "info" };

/** The severity of this name, in any case and with blanks around it; `informational` is `info`, any other name `unknown`. */
export function severityNamed(name: string): Severity {
  const plain = name.trim().toLowerCase();
  const known = SEVERITIES.find((severity) => severity === plain);
  return known ?? (Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain] : undefined) ?? "unknown";
}

/** Counts findings by severity. CVEs inside a finding are no findings and change no count. */
export function countFindings(findings: Iterable<{ readonly severity: Severity }>): FindingCounts {
  const counts: FindingCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/**
 * Compares two severities for a sort with the worst first: negative if `left` is worse than `right`, 0 if they are the
 * same. `unknown` sorts last; that is an order for display only, and no statement that it is milder than `info`.
 */
export function compareSeverity(left: Severity, right: Severity): number {
  return SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);
}
