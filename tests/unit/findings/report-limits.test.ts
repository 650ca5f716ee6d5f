import { parseFindings, parseJunit, ReportParseError } from "../../../findings";
import { JunitReading } from "../../../findings/junit";
import { WHOLE_FINDINGS } from "../../../findings/report";
import { readReportJson } from "../../../findings/report-json";
import * as limits from "../../../findings/report-limits";
import { FindingsReading } from "../../../findings/report-reading";
import { readReportXml } from "../../../findings/report-xml";
import {
  attributesOf,
  cdata,
  emptyObjects,
  filler,
  json,
  LIMITS,
  longFinding,
  longOutline,
  more,
  piecesOf,
  scannersOf,
  SECRET,
  SIZES,
  suite,
  testCase,
  type Format,
} from "./limit-cases";

const { MAX_FINDINGS, MAX_KINDS, MAX_ATTRIBUTE_NAMES } = limits;
const { MAX_PART_LENGTH, MAX_SENTENCE_LENGTH, MAX_OUTLINE_LENGTH } = limits;

const LONG_SENTENCE = filler(MAX_SENTENCE_LENGTH + 1);

type Read = Partial<Record<"findings" | "scannerErrors", readonly unknown[]>>;

const PARSE: Readonly<Record<Format, (text: string) => Read>> = { JSON: parseFindings, XML: parseJunit };
const BEGIN: Readonly<Record<Format, () => { write: (piece: string) => void; end: () => Read }>> = {
  JSON: () => new FindingsReading(WHOLE_FINDINGS),
  XML: () => new JunitReading((finding) => finding),
};

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
