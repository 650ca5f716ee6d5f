import { parseFindings, parseJunit, ReportParseError } from "../../../findings";
import { JsonStream } from "../../../findings/json-stream";
import * as limits from "../../../findings/report-error";
import { XmlStream } from "../../../findings/xml-stream";
import { emptyObjects, filler, json, LIMITS, more, scannersOf, SECRET, suite, type Format } from "./limit-cases";

const { MAX_FINDINGS, MAX_KINDS, MAX_TEXT_LENGTH, MAX_SENTENCE_LENGTH } = limits;

type Read = Partial<Record<"findings" | "scannerErrors", readonly unknown[]>>;

const PARSE: Readonly<Record<Format, (text: string) => Read>> = { JSON: parseFindings, XML: parseJunit };
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

test("the limits are these", () => {
  const numbers = Object.fromEntries(Object.entries(limits).filter(([, limit]) => typeof limit === "number"));
  expect(numbers).toEqual({
    MAX_FINDINGS: 10_000,
    MAX_KINDS: 10_000,
    MAX_TEXT_LENGTH: 524_288,
    MAX_SENTENCE_LENGTH: 262_144,
    MAX_REPORT_DEPTH: 64,
  });
});

test.each(Object.entries(LIMITS))("%s: as many as may be are read", (_what, { format, report, most, found = 0 }) => {
  expect(outcomeOf(() => PARSE[format](report(most)))).toBe(found);
});

test.each(Object.entries(LIMITS))("%s: one more is refused", (_what, { format, report, most, problem }) => {
  const remedy = `Scanners do not normally report this much: check the ${format} report for what repeats or fills it, such as the site's responses, and exclude that from the scan.`;

  expect(outcomeOf(() => PARSE[format](report(most + 1)))).toEqual({
    code: "REPORT_TOO_LARGE",
    message: `Could not read the findings report: ${problem}. ${remedy}`,
  });
});

const LONG_TEXT = filler(MAX_TEXT_LENGTH + 1);

test.each<[string, Format, string]>([
  ["a long text, then garbage", "JSON", json(`{"more":"${LONG_TEXT}"} ${SECRET}`)],
  ["a long text that is cut off", "JSON", `{"findings":{"xss":["${LONG_TEXT}`],
  ["a long web page", "JSON", `<html>${LONG_TEXT}</html>`],
  ["a long sentence in a list that comes again", "JSON", json(`{"information":"${LONG_TEXT}"}],"xss":[`)],
  ["a long text, then garbage", "XML", suite(`${LONG_TEXT}<a></b>`)],
  ["a long text that is cut off", "XML", `<testsuites>${LONG_TEXT}`],
  ["too many scanners, then garbage", "XML", suite(`${scannersOf(MAX_KINDS + 1)}<a></b>`)],
  ["garbage, then a long text", "XML", suite(`<a></b>${LONG_TEXT}`)],
  ["garbage inside of what is too long", "XML", suite(`${LONG_TEXT}&${SECRET};`)],
  ["an attribute too long that never ends", "XML", `<testsuites a="${LONG_TEXT}`],
])("%s (%s) is refused, whatever is told of it", (_what, format, text) => {
  expect(outcomeOf(() => PARSE[format](text))).toMatchObject({
    code: expect.stringMatching(/^REPORT_(TOO_LARGE|UNREADABLE)$/) as unknown,
  });
});

test("an object has the limits of texts, too, and may have more findings", () => {
  const report = (information: string, count: number): object => ({
    data: { findings: { xss: Array.from({ length: count }, () => ({ information })) } },
  });

  expect(outcomeOf(() => parseFindings(report(filler(MAX_SENTENCE_LENGTH), 1)))).toBe(1);
  expect(outcomeOf(() => parseFindings(report(filler(MAX_SENTENCE_LENGTH + 1), 1)))).toMatchObject({
    code: "REPORT_TOO_LARGE",
  });
  expect(outcomeOf(() => parseFindings(report("", MAX_FINDINGS + 1)))).toBe(MAX_FINDINGS + 1);
});

test("a text that is read only to know that it is whole has none", () => {
  const [jsonStream, xmlStream] = [new JsonStream(), new XmlStream()];

  jsonStream.write(json(emptyObjects(MAX_FINDINGS + 1), more(MAX_TEXT_LENGTH + 1)));
  xmlStream.write(suite(`<a b="${LONG_TEXT}"/>${LONG_TEXT}${"<failure/>".repeat(MAX_FINDINGS + 1)}`));

  expect([jsonStream.end(), xmlStream.end()]).toEqual([undefined, undefined]);
});
