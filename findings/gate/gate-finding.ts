import { counted } from "../counted";
import { compareSeverity, type Severity } from "../severity";

/** What a gate decides by of a finding. */
export interface CountedFinding {
  fingerprint: string;
  severity: Severity;
  /** The highest score of it and of the CVEs inside it; 10 where one of these has none. */
  worstScore: number;
}

/** What a gate decides by, and shows, of a finding. It is safe to print, and bounded, other than the finding itself. */
export interface GateFinding extends CountedFinding {
  /** The CVSS base score, 0 to 10; absent where nobody rated it. */
  baseScore?: number | undefined;
  /** What was found: the title, else the slug, else the scanner's sentence. */
  title: string;
  scanner: string;
  /** Such as "GET /items, parameter id"; it may be empty. */
  readonly place: string;
  cveCount: number;
}

/** Whether people can be told of a finding more than that it is there. */
export const isNamed = (finding: CountedFinding): finding is GateFinding => "title" in finding;

/** A finding in one line: "high 8.8 SQL Injection (sqlinjection), GET /items, parameter id". */
export function nameFinding({ severity, baseScore, title, scanner, place, cveCount }: GateFinding): string {
  const score = baseScore === undefined ? "" : ` ${baseScore.toFixed(1)}`;
  const cves = cveCount === 0 ? "" : counted(cveCount, "CVE");
  return [`${severity}${score} ${title} (${scanner})`, place, cves].filter((part) => part !== "").join(", ");
}

/**
 * The worst first, and else in an order of their own, so that a report in another order is told in the same way. Findings of
 * one fingerprint have kind and place in common: in a report they differ in their CVEs, and without a slug in their text.
 */
export const compareFindings = (left: CountedFinding, right: CountedFinding): number =>
  compareSeverity(left.severity, right.severity) ||
  compareTexts(left.fingerprint, right.fingerprint) ||
  right.worstScore - left.worstScore ||
  (isNamed(left) && isNamed(right) ? compareNamed(left, right) : 0);

const compareNamed = (left: GateFinding, right: GateFinding): number =>
  (right.baseScore ?? 0) - (left.baseScore ?? 0) ||
  right.cveCount - left.cveCount ||
  compareTexts(left.title, right.title);

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
