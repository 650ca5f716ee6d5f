import { counted, plainText } from "../../errors/plain-text";
import type { Finding } from "../../findings/finding";
import { identityOf } from "../../findings/fingerprint";
import { masked } from "../../findings/formats/masking";
import type { FindingLocation } from "../../findings/location";
import { type Severity, compareSeverity, highestScoreOf } from "../../findings/severity";
import type { AcceptableFinding } from "./accepted-finding";

/** What a gate decides by, and prints, of a finding. Unlike the finding itself it is bounded and safe to print. */
export interface GateFinding {
  readonly fingerprint: string;
  readonly severity: Severity;
  /** The CVSS base score, 0 to 10; absent if nobody rated it. */
  readonly baseScore?: number | undefined;
  /** The highest score of it and of the CVEs inside it; 10 if one of these has none. By JUnit the highest of its severity. */
  readonly worstScore: number;
  /** True if its fingerprint does not tell it from others: it cannot be accepted, and is never old. @default false */
  readonly isUnrecognisable?: true | undefined;
  /** What was found: the title, else the slug, else the scanner's sentence. */
  readonly title: string;
  readonly scanner: string;
  /** Such as "GET /items, parameter id"; may be empty. */
  readonly place: string;
  readonly cveCount: number;
}

/**
 * Returns findings as a gate sees them, in their order, with what acceptances match: as in the report, so not safe to print.
 *
 * @param maxCvss the highest score of the scan's findings, where the service says
 */
export function gateFindingsOf(findings: readonly Finding[], maxCvss?: number): (GateFinding & AcceptableFinding)[] {
  // Texts that many findings share, such as a title, are made safe once.
  const known = new Map<string, string>();
  const shown = (text: string): string => {
    const safe = known.get(text) ?? shortMasked(text);
    known.set(text, safe);
    return safe;
  };
  return findings.map((finding) => {
    const { severity, cvss, title, slug, scanner, information, where, cves } = finding;
    const { fingerprint, isRecognisable } = identityOf(finding);
    return {
      fingerprint,
      severity,
      baseScore: cvss?.baseScore,
      worstScore: finding.testCase === undefined ? worstScoreOf(finding) : highestScoreOf(severity, maxCvss),
      title: shown(title ?? (slug === "" ? information : slug)),
      scanner: shown(scanner),
      place: placeOf(where),
      cveCount: cves.length,
      isUnrecognisable: isRecognisable ? undefined : true,
      slug,
      where,
    };
  });
}

function worstScoreOf({ severity, cvss, cves }: Finding): number {
  const scores = [severity === "unknown" ? undefined : cvss?.baseScore, ...cves.map(({ cvssScore }) => cvssScore)];
  return scores.reduce<number>((worst, score) => Math.max(worst, ratedScore(score)), 0);
}

const WORST_SCORE = 10;

/** A missing score, or one outside of CVSS, counts as the worst. */
const ratedScore = (score: number | undefined): number =>
  score !== undefined && score >= 0 && score <= WORST_SCORE ? score : WORST_SCORE;

function placeOf({ method, path, host, parameter }: FindingLocation): string {
  const address = [method, path ?? host].filter((part) => part !== undefined).join(" ");
  const parts = [
    address === "" ? undefined : shortMasked(address),
    parameter === undefined ? undefined : `parameter ${shortMasked(parameter)}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** Formats a finding in one line: "high 8.8 SQL Injection (sqlinjection), GET /items, parameter id". */
export function nameFinding({ severity, baseScore, title, scanner, place, cveCount }: GateFinding): string {
  const score = baseScore === undefined ? "" : ` ${baseScore.toFixed(1)}`;
  const cves = cveCount === 0 ? "" : counted(cveCount, "CVE");
  return [`${severity}${score} ${title} (${scanner})`, place, cves].filter((part) => part !== "").join(", ");
}

/**
 * Orders the worst first, and else independently of the report's order. Findings of one fingerprint share kind and place; they
 * differ in their CVEs and, without a slug, in their text.
 */
export const compareFindings = (left: GateFinding, right: GateFinding): number =>
  compareSeverity(left.severity, right.severity) ||
  compareTexts(left.fingerprint, right.fingerprint) ||
  right.worstScore - left.worstScore ||
  (right.baseScore ?? 0) - (left.baseScore ?? 0) ||
  right.cveCount - left.cveCount ||
  compareTexts(left.title, right.title);

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const LONGEST_TEXT = 200;

/** Makes a text of a scanned site safe to print, and cuts a long one between characters. */
export function shorten(text: string): string {
  // A character has two code units at most.
  const characters = Array.from(plainText(text.slice(0, 2 * LONGEST_TEXT + 2)));
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join("")}...` : characters.join("");
}

/** Only the beginning of a text of megabytes is masked: the rest is not printed. No credential is as long. */
const LONGEST_MASKED_TEXT = 64 * 1024;

/** As `shorten`, without cookies and credentials. */
export const shortMasked = (text: string): string =>
  shorten(text.length > LONGEST_MASKED_TEXT ? `${masked(text.slice(0, LONGEST_MASKED_TEXT))}...` : masked(text));
