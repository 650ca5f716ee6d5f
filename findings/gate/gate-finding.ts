import { counted } from "../counted";
import type { Description } from "../description";
import type { Finding, UndescribedFinding } from "../finding";
import { fingerprintOf } from "../fingerprint";
import { masked } from "../formats/masking";
import { plainText } from "../plain-text";
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

/** A text of a scanned site is cut here. */
const LONGEST_TEXT = 200;

export const gateFindingOf = (finding: Finding): HeldFinding => rate(new HeldFinding(finding), finding);

/**
 * A finding as a gate holds it, of which there may be hundreds of thousands: its path is held once, and the words for its place
 * are made for the few that are shown. Until it is rated its severity is `unknown`.
 */
export class HeldFinding implements GateFinding {
  readonly fingerprint: string;
  severity: Severity = "unknown";
  baseScore: number | undefined = undefined;
  worstScore: number;
  title: string;
  readonly scanner: string;
  readonly cveCount: number;
  /** As in the report: neither cut nor safe to print. */
  readonly path: string | undefined;
  readonly #method: string | undefined;
  readonly #host: string | undefined;
  readonly #parameter: string | undefined;

  constructor(finding: UndescribedFinding) {
    const { slug, scanner, information, cves, where } = finding;
    this.fingerprint = fingerprintOf(finding);
    this.worstScore = cves.reduce((worst, { cvssScore }) => Math.max(worst, ratedScore(cvssScore)), 0);
    this.title = shown(slug === "" ? information : slug);
    this.scanner = shown(scanner);
    this.cveCount = cves.length;
    this.path = where.path === undefined ? undefined : copyOf(where.path);
    this.#method = where.method;
    this.#host = where.path === undefined && where.host !== undefined ? shortMasked(where.host) : undefined;
    this.#parameter = where.parameter === undefined ? undefined : shortMasked(where.parameter);
  }

  get place(): string {
    const address = [this.#method, this.path ?? this.#host].filter((part) => part !== undefined).join(" ");
    const parts = [
      address === "" ? undefined : shortMasked(address),
      this.#parameter === undefined ? undefined : `parameter ${this.#parameter}`,
    ];
    return parts.filter((part) => part !== undefined).join(", ");
  }
}

/** A part of a text holds all of it in memory, a copy does not. */
const copyOf = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/** Completes an unrated finding in its place, since a report may have hundreds of thousands. */
export function rate<Rated extends GateFinding>(
  unrated: Rated,
  rating: Pick<Description, "severity" | "cvss" | "title">,
): Rated {
  const { severity, cvss, title } = rating;
  unrated.severity = severity;
  unrated.baseScore = cvss?.baseScore;
  unrated.worstScore = severity === "unknown" ? WORST_SCORE : Math.max(unrated.worstScore, ratedScore(cvss?.baseScore));
  if (title !== undefined) unrated.title = shown(title);
  return unrated;
}

/** Titles and scanners are the same again and again: so many texts are held once instead of once per finding. */
const MAX_SHARED_TEXTS = 1_000;
const sharedTexts = new Map<string, string>();

function shown(text: string): string {
  const shared = sharedTexts.get(text);
  if (shared !== undefined) return shared;
  const short = shortMasked(text);
  if (sharedTexts.size < MAX_SHARED_TEXTS && text.length <= LONGEST_TEXT) sharedTexts.set(text, short);
  return short;
}

/** Of a text of megabytes only the beginning is gone through: the rest is not shown. No credential is as long. */
const LONGEST_MASKED_TEXT = 64 * 1024;

const shortMasked = (text: string): string => shorten(masked(text.slice(0, LONGEST_MASKED_TEXT)));

const WORST_SCORE = 10;

/** What has no score, or one that CVSS does not have, was rated by nobody: it counts as the worst. */
const ratedScore = (score: number | undefined): number =>
  score !== undefined && score >= 0 && score <= WORST_SCORE ? score : WORST_SCORE;

/** A finding in one line: "high 8.8 SQL Injection (sqlinjection), GET /items, parameter id". */
export function nameFinding({ severity, baseScore, title, scanner, place, cveCount }: GateFinding): string {
  const score = baseScore === undefined ? "" : ` ${baseScore.toFixed(1)}`;
  const cves = cveCount === 0 ? "" : counted(cveCount, "CVE");
  return [`${severity}${score} ${title} (${scanner})`, place, cves].filter((part) => part !== "").join(", ");
}

/**
 * The worst first, and else in an order of their own, so that a report in another order is told in the same way; also where
 * several findings have one fingerprint.
 */
export const compareFindings = (left: CountedFinding, right: CountedFinding): number =>
  compareSeverity(left.severity, right.severity) ||
  compareTexts(left.fingerprint, right.fingerprint) ||
  compareTexts(JSON.stringify(left), JSON.stringify(right));

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** A text of a scanned site: safe to print, and cut between characters where it is long. */
export function shorten(text: string): string {
  /** A character has two code units at most. */
  const characters = Array.from(plainText(text.slice(0, 2 * LONGEST_TEXT + 2)));
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join("")}...` : characters.join("");
}
