import { isJsonObject } from "../json-fields";
import { plainText } from "../plain-text";

/** A finding that does not count for a while, by one of its fingerprint and its slug, and why. */
export type AcceptedFinding = {
  /** Why it is accepted, for the people who review it: 1 to 1,000 characters, not only white space. */
  readonly reason: string;
  /** The last day on which it is accepted, to that day's end in UTC: `YYYY-MM-DD`. */
  readonly expires: string;
  /** Only at this path of a URL, exactly as the report has it, without query. @default at every path */
  readonly where?: string;
} & (
  | {
      /** The fingerprint of one finding: 64 hexadecimal digits in lower case, as a closed gate names it. */
      readonly finding: string;
    }
  | {
      /** The name of a description, as in the report: all findings of this kind. */
      readonly slug: string;
    }
);

/** What was read, and all that is wrong with the rest. */
export interface ParsedAcceptances {
  /** The entries with nothing wrong. They are not to be used while there is a problem with another. */
  acceptances: readonly AcceptedFinding[];
  /** One sentence each, with its place (`accept[2].expires`); no value is repeated. */
  problems: string[];
}

interface Field {
  isGood: (text: string) => boolean;
  /** What it has to be, as the end of a sentence. */
  form: string;
}

const MAX_REASON_LENGTH = 1_000;

const FIELDS = {
  finding: {
    isGood: (text) => /^[0-9a-f]{64}$/.test(text),
    form: "has to be a finding's fingerprint: 64 hexadecimal digits in lower case",
  },
  slug: { isGood: (text) => /\S/.test(text), form: "has to be the slug of a kind of findings" },
  where: {
    isGood: (text) => text.startsWith("/"),
    form: "has to be the path of a URL, such as /items; leave it out for all paths",
  },
  reason: {
    isGood: (text) => /\S/.test(text) && Array.from(text).length <= MAX_REASON_LENGTH,
    form: `has to say why, in 1 to ${MAX_REASON_LENGTH} characters`,
  },
  expires: { isGood: isCalendarDay, form: "has to be a day of the calendar, as text: YYYY-MM-DD" },
} as const satisfies Record<string, Field>;

const REQUIRED = ["reason", "expires"] as const;
const LONGEST_KEY = 40;

/**
 * Reads accepted findings of whatever form. A key that is not known is a problem, and so is one without a value: a slip of
 * the pen must not make an acceptance wider than it was meant.
 */
export function parseAcceptances(value: unknown): ParsedAcceptances {
  if (!Array.isArray(value)) return { acceptances: [], problems: ["accept has to be a list of accepted findings"] };
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
  if (!isJsonObject(entry)) return [`${at} has to be an object with reason, expires, and finding or slug`];
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
  if (!isFieldName(name)) {
    return [`${at} has the unknown key "${plainText(name.slice(0, LONGEST_KEY))}": it can have ${NAMES}`];
  }
  const { isGood, form } = FIELDS[name];
  return typeof value === "string" && isGood(value) ? [] : [`${at}.${name} ${form}`];
}

const isFieldName = (name: string): name is keyof typeof FIELDS => Object.hasOwn(FIELDS, name);

const NAMES = Object.keys(FIELDS).join(", ");

/** Whether a text names a day that exists, as `YYYY-MM-DD`. `Date` alone would read 30 February as a day in March. */
function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
