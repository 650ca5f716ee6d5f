import { parseFindings, parseJunit, ReportParseError } from "../../../findings";
import { JunitReading } from "../../../findings/junit";
import { WHOLE_FINDINGS } from "../../../findings/report";
import { readReportJson } from "../../../findings/report-json";
import * as limits from "../../../findings/report-limits";
import { FindingsReading } from "../../../findings/report-reading";
import { readReportXml } from "../../../findings/report-xml";

const { MAX_FINDINGS, MAX_KINDS, MAX_ATTRIBUTE_NAMES } = limits;
const { MAX_PART_LENGTH, MAX_SENTENCE_LENGTH, MAX_OUTLINE_LENGTH } = limits;

/** What fills the reports here, so that no message may repeat it. */
const SECRET = "s3cr3t-value";
const filler = (length: number): string => SECRET.repeat(Math.ceil(length / SECRET.length)).slice(0, length);
const LONG_SENTENCE = filler(MAX_SENTENCE_LENGTH + 1);

type Format = "JSON" | "XML";
type Read = Partial<Record<"findings" | "scannerErrors", readonly unknown[]>>;

const PARSE: Readonly<Record<Format, (text: string) => Read>> = { JSON: parseFindings, XML: parseJunit };
const BEGIN: Readonly<Record<Format, () => { write: (piece: string) => void; end: () => Read }>> = {
  JSON: () => new FindingsReading(WHOLE_FINDINGS),
  XML: () => new JunitReading((finding) => finding),
};

const SIZES = [1_000, 65_536] as const;
/** A text of millions of characters takes too long in single ones. */
const SMALL_SIZES = [1, ...SIZES] as const;

function* piecesOf(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** How many findings and scanners that broke were read; or what the refusal says. */
function outcomeOf(read: () => Read): number | { code: string; message: string } {
  try {
    const { findings = [], scannerErrors = [] } = read();
    return findings.length + scannerErrors.length;
  } catch (error) {
    if (!(error instanceof ReportParseError)) throw error;
    expect(`${error.path}${error.message}${error.stack ?? ""}${String(error.cause)}`).not.toContain(SECRET);
    return { code: error.code, message: error.message.replace(/line \d+, column \d+/, "a place") };
  }
}

/** The outcome as a whole, and in pieces of each size. */
const outcomesOf = (format: Format, text: string, sizes: readonly number[]): ReturnType<typeof outcomeOf>[] => [
  outcomeOf(() => PARSE[format](text)),
  ...sizes.map((size) =>
    outcomeOf(() => {
      const reading = BEGIN[format]();
      for (const piece of piecesOf(text, size)) reading.write(piece);
      return reading.end();
    }),
  ),
];

const json = (items: string, rest = ""): string => `{"findings":{"xss":[${items}]}${rest}}`;
const emptyObjects = (count: number): string => Array<string>(count).fill("{}").join();
/** A finding whose JSON text has this length. */
const longFinding = (length: number): string => `{"more":"${filler(length - '{"more":""}'.length)}"}`;
const more = (length: number): string => `,"more":"${filler(length)}"`;
/** A report whose text has this length beside its finding, of which no more than a bracket, a number and a bracket count. */
const longOutline = (length: number, rest = ""): string =>
  json(longFinding(100_000), more(length - json("0", more(0)).length) + rest);

const suite = (inner: string): string => `<testsuites><testsuite>${inner}</testsuite></testsuites>`;
const testCase = (inner: string): string => suite(`<testcase classname="xss.${SECRET}">${inner}</testcase>`);
const cdata = (length: number): string =>
  [...piecesOf(filler(length), 1_000)].map((piece) => `<![CDATA[${piece}]]>`).join("<!-- and -->");
const scannersOf = (count: number): string =>
  Array.from({ length: count }, (_, at) => `<testcase classname="${SECRET}${at}.a"/>`).join("");
const attributesOf = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => ` ${SECRET}${from + at}=""`).join("");

interface Limit {
  format: Format;
  /** A report that has so much of what is limited. */
  report: (amount: number) => string;
  most: number;
  problem: string;
  /** So many findings and scanners that broke are read of as much as may be; else none. */
  found?: number;
  sizes?: readonly number[];
}

const LIMITS: Readonly<Record<string, Limit>> = {
  "findings of all scanners": {
    format: "JSON",
    report: (count) => `{"findings":{"xss":[${emptyObjects(count - 1)}],"ssl":[{}]}}`,
    most: MAX_FINDINGS,
    problem: "$ has more than 150000 findings",
    found: 150_000,
    sizes: [65_536],
  },
  "characters of a finding": {
    format: "JSON",
    report: (length) => json(`{},${longFinding(length)},{}`),
    most: MAX_PART_LENGTH,
    problem: "$ has a finding of more than 524288 characters",
    found: 3,
    sizes: SMALL_SIZES,
  },
  "characters of a sentence": {
    format: "JSON",
    report: (length) => json(`{},{"information":"${filler(length)}"}`),
    most: MAX_SENTENCE_LENGTH,
    problem: "$.findings.xss[1].information is longer than 262144 characters",
    found: 2,
  },
  "characters beside findings": {
    format: "JSON",
    report: longOutline,
    most: MAX_OUTLINE_LENGTH,
    problem: "$ has more than 1048576 characters beside its findings",
    found: 1,
  },
  descriptions: {
    format: "JSON",
    report: (count) => json("{}", `,"descriptions":[${emptyObjects(count)}]`),
    most: MAX_KINDS,
    problem: "$.descriptions are more than 10000",
    found: 1,
  },
  "attribute names, each counted once": {
    format: "XML",
    report: (count) =>
      `<testsuites${attributesOf(0, count - 1)}><testsuite${attributesOf(count - 10, count)}/></testsuites>`,
    most: MAX_ATTRIBUTE_NAMES,
    problem: "a place is where it has more than 1000 names of attributes",
    sizes: SMALL_SIZES,
  },
  "characters of a tag": {
    format: "XML",
    report: (length) => suite(`<a b="${filler(length - '<a b=""/>'.length)}"/>`),
    most: MAX_PART_LENGTH,
    problem: "a place ends a part of more than 524288 characters",
  },
  "characters between two tags, with the bracket that ends them": {
    format: "XML",
    report: (length) => suite(`<system-out>${filler(length - 1)}</system-out>`),
    most: MAX_PART_LENGTH,
    problem: "a place ends a part of more than 524288 characters",
  },
  "characters inside a failure, in many pieces": {
    format: "XML",
    report: (length) => testCase(`<failure message="it">${cdata(length)}</failure>`.repeat(2)),
    most: MAX_PART_LENGTH,
    problem: "a place ends a failure of more than 524288 characters",
    found: 2,
  },
  "characters of a failure's message": {
    format: "XML",
    report: (length) => testCase(`<failure message=" ${filler(length)} "/>`),
    most: MAX_SENTENCE_LENGTH,
    problem: "a place ends a failure with a message of more than 262144 characters",
    found: 1,
  },
  "characters of an error's text that stands for a message": {
    format: "XML",
    report: (length) => testCase(`<error>${cdata(length)}</error>`),
    most: MAX_SENTENCE_LENGTH,
    problem: "a place ends a failure with a message of more than 262144 characters",
    found: 1,
  },
  "findings of XML, beside scanners that broke": {
    format: "XML",
    report: (count) => testCase(`<error/><failure type="error"/>${"<failure/>".repeat(count)}`),
    most: MAX_FINDINGS,
    problem: "a place is where it has more than 150000 findings",
    found: 150_002,
    sizes: [65_536],
  },
  "scanners that broke, as failures and as errors": {
    format: "XML",
    report: (count) => testCase(`<failure/>${"<error/>".repeat(count - 1)}<failure type="error"/>`),
    most: MAX_KINDS,
    problem: "a place is where it has more than 10000 scanners that broke",
    found: 10_001,
    sizes: SMALL_SIZES,
  },
  "scanners, each counted once": {
    format: "XML",
    report: (count) => suite(`${scannersOf(10)}${scannersOf(count)}<testcase classname="other"><skipped/></testcase>`),
    most: MAX_KINDS,
    problem: "a place is where it names more than 10000 scanners",
    sizes: SMALL_SIZES,
  },
};

test("the limits are these", () => {
  expect(limits).toMatchObject({
    MAX_FINDINGS: 150_000,
    MAX_KINDS: 10_000,
    MAX_ATTRIBUTE_NAMES: 1_000,
    MAX_PART_LENGTH: 524_288,
    MAX_SENTENCE_LENGTH: 262_144,
    MAX_OUTLINE_LENGTH: 1_048_576,
  });
});

test.each(Object.entries(LIMITS))("%s: as many as may be are read, whole and in pieces", (_what, limit) => {
  const { format, report, most, found = 0, sizes = SIZES } = limit;

  const outcomes = outcomesOf(format, report(most), sizes);

  expect(outcomes).toEqual(outcomes.map(() => found));
});

test.each(Object.entries(LIMITS))("%s: one more is refused, whole and in pieces", (_what, limit) => {
  const { format, report, most, problem, sizes = SIZES } = limit;

  const outcomes = outcomesOf(format, report(most + 1), sizes);

  const remedy = `No scanner reports as much by itself: look into the ${format} report for what repeats or fills it, such as the site's answers, and keep the scan from it.`;
  const message = `Reading the findings report: ${problem}. ${remedy} (REPORT_TOO_LARGE)`;
  expect(outcomes).toEqual(outcomes.map(() => ({ code: "REPORT_TOO_LARGE", message })));
});

const TOO_MUCH = MAX_OUTLINE_LENGTH + 100_000;

test.each<[string, Format, string, string]>([
  ["a long finding, then garbage", "JSON", json(`${longFinding(MAX_PART_LENGTH + 1)} ${SECRET}`), "TOO_LARGE"],
  ["a long finding that is cut off", "JSON", `{"findings":{"xss":["${filler(MAX_PART_LENGTH)}`, "TOO_LARGE"],
  ["a finding cut off at the limit", "JSON", `{"findings":{"xss":["${filler(MAX_PART_LENGTH - 1)}`, "UNREADABLE"],
  ["too much beside findings, then garbage", "JSON", longOutline(MAX_OUTLINE_LENGTH, SECRET), "TOO_LARGE"],
  ["garbage among findings, then too much", "JSON", json(`{} x`, more(TOO_MUCH)), "UNREADABLE"],
  ["garbage among findings, then a long finding", "JSON", json(`{},} ${longFinding(TOO_MUCH)}`), "UNREADABLE"],
  ["a long text, then garbage", "XML", suite(`${filler(MAX_PART_LENGTH)}<a></b>`), "TOO_LARGE"],
  ["a long text that is cut off", "XML", `<testsuites>${filler(MAX_PART_LENGTH + 1)}`, "TOO_LARGE"],
  ["a text that is cut off at the limit", "XML", `<testsuites>${filler(MAX_PART_LENGTH)}`, "UNREADABLE"],
  ["too many scanners, then garbage", "XML", suite(`${scannersOf(MAX_KINDS + 1)}<a></b>`), "TOO_LARGE"],
  ["garbage, then a long text", "XML", suite(`<a></b>${filler(TOO_MUCH)}`), "UNREADABLE"],
])("what was met first is told: %s", (_what, format, text, code) => {
  const outcomes = outcomesOf(format, text, SIZES);

  expect(outcomes).toMatchObject(outcomes.map(() => ({ code: `REPORT_${code}` })));
});

test.each<[string, Format, string]>([
  ["a long web page", "JSON", `<html>${filler(TOO_MUCH)}</html>`],
  ["too much, then garbage among findings", "JSON", `{${more(TOO_MUCH).slice(1)},"findings":{"xss":[{} x`],
  ["a long sentence, then garbage", "JSON", json(`{"information":"${LONG_SENTENCE}"}`, SECRET)],
  ["a long sentence in a list that comes again", "JSON", json(`{"information":"${LONG_SENTENCE}"}],"xss":[`)],
  ["garbage inside of what is too long", "XML", suite(`${filler(MAX_PART_LENGTH + 70_000)}&${SECRET};`)],
  ["an attribute too long that never ends", "XML", `<testsuites a="${filler(MAX_PART_LENGTH + 1)}`],
])("%s is refused, whatever is told of it", (_what, format, text) => {
  for (const outcome of outcomesOf(format, text, SIZES)) {
    expect(outcome).toMatchObject({ code: expect.stringMatching(/^REPORT_(TOO_LARGE|UNREADABLE)$/) as unknown });
  }
});

test("findings beyond the limit are not looked at, in this piece and in later ones, nor is garbage after them", () => {
  let count = 0;
  const keep = (): { slug: string } => {
    count += 1;
    return { slug: "" };
  };
  const reading = new FindingsReading({ keep, make: () => undefined });

  reading.write(`{"findings":{"xss":[${emptyObjects(MAX_FINDINGS + 3)},{"${SECRET}},]]`);
  reading.write(`}],"ssl":[{},{}]}}`);

  expect(outcomeOf(() => reading.end())).toMatchObject({ code: "REPORT_TOO_LARGE" });
  expect(count).toBe(MAX_FINDINGS);
});

test("a sentence has its limit in an object, too", () => {
  const outcomes = [MAX_SENTENCE_LENGTH, MAX_SENTENCE_LENGTH + 1].map((length) =>
    outcomeOf(() => parseFindings({ data: { findings: { xss: [{ information: filler(length) }] } } })),
  );

  expect(outcomes).toMatchObject([1, { code: "REPORT_TOO_LARGE" }]);
});

test("a text that is read only to know that it is whole has none", () => {
  const handlers = { onOpen: () => undefined, onText: () => undefined, onClose: () => undefined };
  const xml = suite(`<a${attributesOf(0, MAX_ATTRIBUTE_NAMES + 1)}/>${filler(TOO_MUCH)}`);

  expect(readReportJson(longOutline(TOO_MUCH))).toHaveProperty("findings");
  expect(() => {
    readReportXml(xml, handlers);
  }).not.toThrow();
});

test.each<[string, string, unknown]>([
  ["failures are not held, and so not counted", "<failure/>".repeat(MAX_FINDINGS + 1), 0],
  ["a failure's text is not held", `<failure message="${LONG_SENTENCE}">${cdata(TOO_MUCH)}</failure>`, 0],
  ["an error's is", `<error message="it">${cdata(TOO_MUCH)}</error>`, { code: "REPORT_TOO_LARGE" }],
])("where nobody asks for findings of XML, %s", (_what, inner, expected) => {
  const reading = new JunitReading(undefined);
  reading.write(testCase(inner));

  const outcome = outcomeOf(() => reading.end());

  expect([outcome]).toMatchObject([expected]);
});
