import { fingerprintOf } from "../../../../findings/fingerprint";
import { parseJunit } from "../../../../findings/junit";
import { parseFindings } from "../../../../findings/report";
import { ReportParseError } from "../../../../findings/report-error";
import { BaselineFileError, parseBaselineFile } from "../../../../gate/rules/baseline-file";

const [F, G] = ["f".repeat(64), "0".repeat(64)];
const REPORT = { findings: { xss: [{ information: "one" }, { information: "two" }, { information: "two" }], ssl: [] } };
const sarif = (...fingerprints: unknown[]) => ({
  version: "2.1.0",
  runs: [
    { results: fingerprints.map((fingerprint) => ({ partialFingerprints: { "crashtestFinding/v1": fingerprint } })) },
  ],
});

const JUNIT = `<testsuites><testsuite>
  <testcase classname="xss.crashtest.cloud" name="XSS (1)"><failure message="one" type="high"/></testcase>
  <testcase classname="xss.crashtest.cloud" name="XSS (2)"><failure message="one" type="low"/></testcase>
  <testcase classname="xss.crashtest.cloud" name="XSS (3)"><failure message="two" type="high"/></testcase>
  <testcase classname="xss.crashtest.cloud" name="XSS (4)"><failure message="" type="high"/></testcase>
  <testcase classname="ssl.crashtest.cloud" name="TLS (1)"/>
</testsuite></testsuites>`;

test.each<[string, unknown, string[]]>([
  ["a list", [F, G, F], [F, G]],
  ["an empty list", [], []],
  ["SARIF", sarif(F, G), [F, G]],
  ["SARIF without results", sarif(), []],
  [
    "SARIF of an XML report",
    { runs: [{ results: [{ partialFingerprints: { "crashtestJunit/v1": F, primaryLocationLineHash: `${G}:1` } }] }] },
    [F],
  ],
  ["a report", REPORT, [...new Set(parseFindings(REPORT).findings.map(fingerprintOf))]],
  [
    "a report in its envelope",
    { message: "ok", data: REPORT },
    [...new Set(parseFindings(REPORT).findings.map(fingerprintOf))],
  ],
  ["a report without findings", { findings: { xss: [] } }, []],
])("%s gives its fingerprints, each once", (_what, value, expected) => {
  expect(parseBaselineFile(JSON.stringify(value))).toEqual(expected);
  expect(parseBaselineFile(`\uFEFF${JSON.stringify(value, null, 2)}\n`)).toEqual(expected);
});

test.each(["", "\uFEFF", '<?xml version="1.0" encoding="UTF-8"?>\n', "\n  "])(
  "an XML report that starts with %j gives the fingerprints of its findings with a message, each once",
  (start) => {
    const [one, , two] = parseJunit(JUNIT).findings.map(fingerprintOf);

    expect(parseBaselineFile(start + JUNIT)).toEqual([one, two]);
  },
);

test("an XML report that was cut off is refused as a report", () => {
  expect(() => parseBaselineFile(JUNIT.slice(0, -1))).toThrow(ReportParseError);
});

test.each<[string, string]>([
  ["nothing", ""],
  ["cut off", '["ffff'],
  ["markup", "<html>secret</html>"],
  ["a number", "7"],
  ["a text", '"secret"'],
  ["a list of other texts", '["secret"]'],
  ["fingerprints in upper case", JSON.stringify([F.toUpperCase()])],
  ["SARIF of another tool", JSON.stringify({ runs: [{ results: [{ partialFingerprints: { "secret/v1": F } }] }] })],
  ["SARIF with a result of no form", JSON.stringify({ runs: [{ results: ["secret"] }] })],
  ["SARIF whose runs are no list", JSON.stringify({ runs: {} })],
  ["SARIF whose results are missing", JSON.stringify({ runs: [{}] })],
])("%s is refused, and not quoted", (_what, text) => {
  const refusal = (): unknown => parseBaselineFile(text);

  expect(refusal).toThrow(BaselineFileError);
  expect(refusal).toThrow(/BASELINE_FILE_UNREADABLE/);
  expect(refusal).not.toThrow(/secret/);
});

test("an object that is no report is refused as a report", () => {
  expect(() => parseBaselineFile("{}")).toThrow(/findings is missing/);
});
