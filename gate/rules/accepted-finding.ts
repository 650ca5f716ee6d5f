import { plainText } from "../../errors/plain-text";
import { isJsonObject } from "../../findings/json-fields";

/** A finding that does not count for a while, by one of its fingerprint and its slug, and why. */
export type AcceptedFinding = {
  /** Why it is accepted, for the people who review it: 1 to 1,000 characters, not only white space. */
  readonly reason: string;
  /** The last day on which it is accepted, until the end of that day in UTC: `YYYY-MM-DD`. */
  readonly expires: string;
  /** Only at this path of a URL, exactly as in the report, without query. @default at every path */
  readonly where?: string;
} & (
  | {
      /** The fingerprint of one finding: 64 lower-case hexadecimal digits, as a closed gate prints it. */
      readonly finding: string;
    }
  | {
      /** The name of a description, as in the report: all findings of this kind. */
      readonly slug: string;
    }
);

/** Valid entries, and the problems of the others. */
export interface ParsedAcceptances {
  /** Not to be used while there are problems. */
  acceptances: readonly AcceptedFinding[];
  /** One sentence each, with its place (`accept[2].expires`); no value is repeated. */
  problems: string[];
}

interface Field {
  isValid: (text: string) => boolean;
  /** What it must be, as the end of a sentence. */
  form: string;
}

const MAX_REASON_LENGTH = 1_000;

const FIELDS = {
  finding: {
    isValid: (text) => /^[0-9a-f]{64}$/.test(text),
    form: "must be the fingerprint of a finding: 64 lower-case hexadecimal digits",
  },
  slug: { isValid: (text) => /\S/.test(text), form: "must be the slug of a kind of finding" },
  where: {
    isValid: (text) => text.startsWith("/"),
    form: "must be the path of a URL, such as /items; leave it out for all paths",
  },
  reason: {
    isValid: (text) => /\S/.test(text) && Array.from(text).length <= MAX_REASON_LENGTH,
    form: `must say why, in 1 to ${MAX_REASON_LENGTH} characters`,
  },
  expires: { isValid: isCalendarDay, form: "must be a calendar date as text: YYYY-MM-DD" },
} as const satisfies Record<string, Field>;

const REQUIRED = ["reason", "expires"] as const;
const LONGEST_KEY = 40;

/**
 * Parses accepted findings of any form. Unknown keys and keys without a value are problems: a typing error must not widen an
 * acceptance.
 */
export function parseAcceptances(value: unknown): ParsedAcceptances {
  if (!Array.isArray(value)) return { acceptances: [], problems: ["accept must be a list of accepted findings"] };
  const acceptances: AcceptedFinding[] = [];
  const problems: string[] = [];
  // Not `value.forEach`, which would skip the holes of a list.
  for (const [index, entry] of Array.from<unknown>(value).entries()) {
    const own = problemsOf(entry, `accept[${index}]`);
    problems.push(...own);
    if (own.length === 0) acceptances.push({ ...(entry as AcceptedFinding) });
  }
  return { acceptances, problems };
}

function problemsOf(entry: unknown, at: string): string[] {
  if (!isJsonObject(entry)) return [`${at} must be an object with reason, expires, and finding or slug`];
  return [
    ...subjectProblems(entry, at),
    ...REQUIRED.filter((name) => !Object.hasOwn(entry, name)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(entry).flatMap(([name, value]) => fieldProblems(name, value, at)),
  ];
}

function subjectProblems(entry: object, at: string): string[] {
  const subjects = ["finding", "slug"].filter((name) => Object.hasOwn(entry, name));
  if (subjects.length === 1) return [];
  return [`${at} ${subjects.length === 0 ? "needs a finding or a slug" : "has a finding and a slug: leave out one"}`];
}

function fieldProblems(name: string, value: unknown, at: string): string[] {
  if (!Object.hasOwn(FIELDS, name)) {
    const known = Object.keys(FIELDS).join(", ");
    return [`${at} has the unknown key "${plainText(name.slice(0, LONGEST_KEY))}": it can have ${known}`];
  }
  const { isValid, form } = FIELDS[name as keyof typeof FIELDS];
  return typeof value === "string" && isValid(value) ? [] : [`${at}.${name} ${form}`];
}

/** Returns whether a text names a day that exists. `Date` alone would read 30 February as a day in March. */
function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** What an acceptance matches besides the fingerprint of a finding. */
export interface AcceptableFinding {
  readonly slug: string;
  readonly where: { readonly path?: string | undefined };
  /** True if its fingerprint does not tell it from others. @default false */
  readonly isUnrecognisable?: true | undefined;
}

/** The findings of a scan after acceptances were applied. */
export interface AppliedAcceptances<Found = AcceptableFinding> {
  /** The findings that count. */
  counted: readonly Found[];
  /** The findings that do not. */
  accepted: readonly Found[];
  /** Entries that have expired and match a finding that counts. */
  expired: readonly AcceptedFinding[];
  /** Entries that match no finding at all, expired or not. */
  unmatched: readonly AcceptedFinding[];
  /** Those of them that have the fingerprint of a finding that cannot be told from others. */
  unrecognisable: readonly AcceptedFinding[];
}

/**
 * Separates the findings that count from those that somebody has accepted. One matching entry that has not expired is enough.
 * At an invalid time every entry has expired.
 */
export function applyAcceptances<Found extends AcceptableFinding>(
  findings: readonly Found[],
  acceptances: readonly AcceptedFinding[],
  now: Date,
  fingerprintOf: (finding: Found) => string,
): AppliedAcceptances<Found> {
  const isMeant = (entry: AcceptedFinding, finding: Found): boolean =>
    (entry.where === undefined || entry.where === finding.where.path) &&
    // A finding without a slug is of no kind, so no entry accepts its kind.
    ("slug" in entry ? entry.slug !== "" && entry.slug === finding.slug : entry.finding === fingerprintOf(finding));
  const matches = (entry: AcceptedFinding, finding: Found): boolean =>
    finding.isUnrecognisable !== true && isMeant(entry, finding);
  const isMatched = (entry: AcceptedFinding, among: readonly Found[]): boolean =>
    among.some((finding) => matches(entry, finding));
  const valid = acceptances.filter((entry) => !hasExpired(entry, now));
  const isAccepted = (finding: Found): boolean => valid.some((entry) => matches(entry, finding));
  const counted = findings.filter((finding) => !isAccepted(finding));
  const unmatched = acceptances.filter((entry) => !isMatched(entry, findings));
  return {
    counted,
    accepted: findings.filter(isAccepted),
    // One that is still valid would have accepted what it matches.
    expired: acceptances.filter((entry) => isMatched(entry, counted)),
    unmatched,
    unrecognisable: unmatched.filter((entry) => findings.some((finding) => isMeant(entry, finding))),
  };
}

const DAY_MS = 24 * 3_600 * 1_000;

/** Returns whether an entry has expired. The comparison is false for an invalid time on either side, which then has expired. */
export const hasExpired = ({ expires }: Pick<AcceptedFinding, "expires">, now: Date): boolean =>
  !(now.getTime() < Date.parse(`${expires}T00:00:00.000Z`) + DAY_MS);
