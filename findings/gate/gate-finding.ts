import type { Finding } from "../finding";
import { fingerprintOf } from "../fingerprint";
import { masked } from "../formats/masking";
import { plainText } from "../plain-text";
import { compareSeverity, type Severity } from "../severity";

/** What a gate decides by, and shows, of a finding. It is plain JSON, safe to print, and bounded, other than the finding itself. */
export interface GateFinding {
  fingerprint: string;
  severity: Severity;
  /** The CVSS base score, 0 to 10; absent where nobody rated it. */
  baseScore?: number;
  /** The highest score of it and of the CVEs inside it; 10 where one of these has none. */
  worstScore: number;
  /** What was found: the title, else the slug, else the scanner's sentence. */
  title: string;
  scanner: string;
  /** Such as "GET /items, parameter id"; it may be empty. */
  place: string;
  cveCount: number;
}

/** A text of a scanned site is cut here. */
const LONGEST_TEXT = 200;

export function gateFindingOf(finding: Finding): GateFinding {
  const { severity, cvss, title, slug, scanner, information, cves } = finding;
  return {
    fingerprint: fingerprintOf(finding),
    severity,
    ...(cvss !== undefined && { baseScore: cvss.baseScore }),
    worstScore: worstScoreOf(finding),
    title: shorten(masked(title ?? (slug === "" ? information : slug))),
    scanner: shorten(masked(scanner)),
    place: placeOf(finding),
    cveCount: cves.length,
  };
}

function placeOf({ where }: Finding): string {
  const address = [where.method, where.path ?? where.host].filter((part) => part !== undefined).join(" ");
  const parts = [
    address === "" ? undefined : shorten(masked(address)),
    where.parameter === undefined ? undefined : `parameter ${shorten(masked(where.parameter))}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

const WORST_SCORE = 10;

/** What has no score, or one that CVSS does not have, was rated by nobody: it counts as the worst. */
const ratedScore = (score: number | undefined): number =>
  score !== undefined && score >= 0 && score <= WORST_SCORE ? score : WORST_SCORE;

function worstScoreOf({ severity, cvss, cves }: Finding): number {
  if (severity === "unknown") return WORST_SCORE;
  return cves.reduce((worst, { cvssScore }) => Math.max(worst, ratedScore(cvssScore)), ratedScore(cvss?.baseScore));
}

/** A finding in one line: "high 8.8 SQL Injection (sqlinjection), GET /items, parameter id". */
export function nameFinding({ severity, baseScore, title, scanner, place, cveCount }: GateFinding): string {
  const score = baseScore === undefined ? "" : ` ${baseScore.toFixed(1)}`;
  const cves = cveCount === 0 ? "" : cveCount === 1 ? "1 CVE" : `${cveCount} CVEs`;
  return [`${severity}${score} ${title} (${scanner})`, place, cves].filter((part) => part !== "").join(", ");
}

/** The worst first, and else in an order of their own, so that a report in another order is told in the same way. */
export const compareFindings = (left: GateFinding, right: GateFinding): number =>
  compareSeverity(left.severity, right.severity) || (left.fingerprint < right.fingerprint ? -1 : 1);

/** A text of a scanned site: safe to print, and cut between characters where it is long. */
export function shorten(text: string): string {
  const characters = Array.from(plainText(text));
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join("")}...` : characters.join("");
}
