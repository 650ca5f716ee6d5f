import Ajv from "ajv";
import { parseAcceptances } from "../../../../gate/rules/accepted-finding";
import schema from "../../../../schemas/accept.schema.json";

const FINGERPRINT = "0123456789abcdef".repeat(4);
const entry = (fields: Record<string, unknown> = {}) => ({
  slug: "open-door",
  reason: "It leads nowhere.",
  expires: "2026-12-31",
  ...fields,
});
const without = (name: string, fields = {}): object =>
  Object.fromEntries(Object.entries(entry(fields)).filter(([key]) => key !== name));

const GOOD: readonly [string, unknown][] = [
  ["an empty list", []],
  ["a slug", [entry()]],
  ["a slug at a path", [entry({ where: "/items" })]],
  ["a slug at the root", [entry({ where: "/" })]],
  ["a fingerprint", [without("slug", { finding: FINGERPRINT })]],
  ["a fingerprint at a path", [without("slug", { finding: FINGERPRINT, where: "/items" })]],
  ["several entries", [entry(), entry({ where: "/a" }), without("slug", { finding: FINGERPRINT })]],
  ["a reason of one character", [entry({ reason: "x" })]],
  ["a reason of several lines", [entry({ reason: "\nfor now\n" })]],
  ["a reason of 1,000 characters", [entry({ reason: "x".repeat(1_000) })]],
  ["a reason of 1,000 characters of two units each", [entry({ reason: "\u{1F6AA}".repeat(1_000) })]],
  ["a leap day", [entry({ expires: "2028-02-29" })]],
  ["the leap day of a century that has one", [entry({ expires: "2000-02-29" })]],
  ["a day that is over", [entry({ expires: "1999-01-01" })]],
];

const DAY = "must be a calendar date as text: YYYY-MM-DD";
const REASON = "must say why, in 1 to 1000 characters";
const FINDING = "must be the fingerprint of a finding: 64 lower-case hexadecimal digits";
const SLUG = "must be the slug of a kind of finding";
const WHERE = "must be the path of a URL, such as /items; leave it out for all paths";
const NAMES = "it can have finding, slug, where, reason, expires";
const LIST = "accept must be a list of accepted findings";
const OBJECT = "must be an object with reason, expires, and finding or slug";

const BAD: readonly [string, unknown, string[]][] = [
  ["an object", entry(), [LIST]],
  ["null", null, [LIST]],
  ["a path", "accepted.yaml", [LIST]],
  ["an entry that is a text", ["open-door"], [`accept[0] ${OBJECT}`]],
  ["an entry that is null", [null], [`accept[0] ${OBJECT}`]],
  ["an entry that is a list", [[entry()]], [`accept[0] ${OBJECT}`]],
  ["neither finding nor slug", [without("slug")], ["accept[0] needs a finding or a slug"]],
  ["both", [entry({ finding: FINGERPRINT })], ["accept[0] has a finding and a slug: leave out one"]],
  ["no reason", [without("reason")], ["accept[0].reason is missing"]],
  ["no day", [without("expires")], ["accept[0].expires is missing"]],
  ["a key with a slip", [entry({ were: "/items" })], [`accept[0] has the unknown key "were": ${NAMES}`]],
  ["another case", [entry({ Where: "/items" })], [`accept[0] has the unknown key "Where": ${NAMES}`]],
  ["a key of all objects", [entry({ constructor: 1 })], [`accept[0] has the unknown key "constructor": ${NAMES}`]],
  [
    "a key __proto__",
    JSON.parse(`[{"slug":"a","reason":"b","expires":"2026-12-31","__proto__":{}}]`),
    [`accept[0] has the unknown key "__proto__": ${NAMES}`],
  ],
  ["an empty reason", [entry({ reason: "" })], [`accept[0].reason ${REASON}`]],
  ["a blank reason", [entry({ reason: " \t\n\u00A0" })], [`accept[0].reason ${REASON}`]],
  ["a reason of 1,001 characters", [entry({ reason: "x".repeat(1_001) })], [`accept[0].reason ${REASON}`]],
  ["a reason that is a number", [entry({ reason: 7 })], [`accept[0].reason ${REASON}`]],
  ["an empty slug", [entry({ slug: "" })], [`accept[0].slug ${SLUG}`]],
  ["a blank slug", [entry({ slug: " " })], [`accept[0].slug ${SLUG}`]],
  ["a slug that is null", [entry({ slug: null })], [`accept[0].slug ${SLUG}`]],
  ["an empty path", [entry({ where: "" })], [`accept[0].where ${WHERE}`]],
  ["a path without a value", [entry({ where: null })], [`accept[0].where ${WHERE}`]],
  ["a URL as a path", [entry({ where: "https://shop.example/items" })], [`accept[0].where ${WHERE}`]],
  ...["", FINGERPRINT.slice(1), `${FINGERPRINT}0`, FINGERPRINT.toUpperCase(), `g${FINGERPRINT.slice(1)}`, 7].map(
    (finding): [string, unknown, string[]] => [
      `the fingerprint ${JSON.stringify(finding)}`,
      [without("slug", { finding })],
      [`accept[0].finding ${FINDING}`],
    ],
  ),
  ...["", "soon", "2026-13-01", "2026-00-10", "2026-04-31", "2026-02-29", "1900-02-29", "2026-02-30", "2026-01-00"].map(
    (expires): [string, unknown, string[]] => [
      `the day ${expires}`,
      [entry({ expires })],
      [`accept[0].expires ${DAY}`],
    ],
  ),
  ...[
    "2026-1-01",
    "26-01-01",
    "12026-01-01",
    "2026-01-01T00:00:00Z",
    " 2026-01-01",
    "2026-01-01\n",
    20260101,
    null,
  ].map((expires): [string, unknown, string[]] => [
    `the day ${JSON.stringify(expires)}`,
    [entry({ expires })],
    [`accept[0].expires ${DAY}`],
  ]),
];

test.each(GOOD)("reads %s", (_what, value) => {
  expect(parseAcceptances(value)).toEqual({ acceptances: value, problems: [] });
});

test.each(BAD)("refuses %s", (_what, value, problems) => {
  expect(parseAcceptances(value)).toEqual({ acceptances: [], problems });
});

test("names all that is wrong, each with its place, and keeps the good entries apart", () => {
  const { acceptances, problems } = parseAcceptances([
    entry({ reason: "", expires: "soon" }),
    entry(),
    { were: 1, slug: "a", finding: "b" },
  ]);

  expect(acceptances).toEqual([entry()]);
  expect(problems).toEqual([
    `accept[0].reason ${REASON}`,
    `accept[0].expires ${DAY}`,
    "accept[2] has a finding and a slug: leave out one",
    "accept[2].reason is missing",
    "accept[2].expires is missing",
    `accept[2] has the unknown key "were": ${NAMES}`,
    `accept[2].finding ${FINDING}`,
  ]);
});

// What a program gives and no file can.
test.each<[string, unknown, string]>([
  ["a path that is undefined, which would accept it everywhere", [entry({ where: undefined })], `.where ${WHERE}`],
  ["a hole in the list", new Array<unknown>(1), ` ${OBJECT}`],
  ["a day as a date", [entry({ expires: new Date(0) })], `.expires ${DAY}`],
  [
    "a reason that is only inherited",
    [Object.assign(Object.create({ reason: "x" }), without("reason"))],
    ".reason is missing",
  ],
  ["what is only inherited", [Object.create(entry())], " needs a finding or a slug"],
])("refuses %s", (_what, value, expected) => {
  expect(parseAcceptances(value).problems[0]).toBe(`accept[0]${expected}`);
});

test("a long or strange key is named by its beginning, safe to print", () => {
  const { problems } = parseAcceptances([entry({ [`\u001B[2J${"x".repeat(1_000)}`]: 1 })]);

  expect(problems).toEqual([`accept[0] has the unknown key "\uFFFD[2J${"x".repeat(36)}": ${NAMES}`]);
});

describe("the JSON schema that editors use says the same", () => {
  const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const isDate = (text: string): boolean => {
    const [year = NaN, month = NaN, day = NaN] = text.split("-").map(Number);
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return day >= 1 && day <= (DAYS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  };
  const validate = new Ajv({ allErrors: true, formats: { date: isDate } }).compile(schema);

  test.each(GOOD)("it takes %s", (_what, value) => {
    expect(validate(value)).toBe(true);
  });

  test.each(BAD)("it refuses %s", (_what, value) => {
    expect(validate(value)).toBe(false);
  });
});
