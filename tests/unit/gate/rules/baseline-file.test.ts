import { fingerprintOf, parseFindings } from "../../../../findings";
import { BaselineFileError, parseBaselineFile } from "../../../../gate/rules/baseline-file";

const [F, G] = ["f".repeat(64), "0".repeat(64)];
const REPORT = { findings: { xss: [{ information: "one" }, { information: "two" }, { information: "two" }], ssl: [] } };
const sarif = (...fingerprints: unknown[]) => ({
  version: "2.1.0",
  runs: [
    { results: fingerprints.map((fingerprint) => ({ partialFingerprints: { "crashtestFinding/v1": fingerprint } })) },
  ],
});

test.each<[string, unknown, string[]]>([
  ["a list", [F, G, F], [F, G]],
  ["an empty list", [], []],
  ["SARIF", sarif(F, G), [F, G]],
  ["SARIF without results", sarif(), []],
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
