import { fingerprintOf, parseFindings, parseJunit } from "../../../../findings";
import { toJunit } from "../../../../findings/formats/junit";
import { wireCve, wireDescription, wireFinding, type Wire } from "../../../fixtures/report";
import { countsIn, readByOthers } from "./junit-reader";
import { manyFindings, reportOf, reportOfAllSeverities } from "./reports";

const REQUEST = { method: "get", url: "https://shop.example/items?x=1", parameter: "id" };

/** Suites and cases as another reader has them. */
const casesIn = (xml: string): unknown[] =>
  readByOthers(xml).suites.flatMap(({ name, cases }) =>
    cases.map((testCase) => [name, testCase.name, testCase.status]),
  );

function textOf(finding: Wire, description: Wire = {}, baseline?: readonly string[]): string {
  const xml = toJunit(reportOf([wireFinding(finding)], [wireDescription(description)]), { baseline });
  return readByOthers(xml).suites[0]?.cases[0]?.stack_trace ?? "";
}

test("a finding is a test case that failed, with all that is known of it", () => {
  const report = reportOf([
    wireFinding({ details: { request: REQUEST }, cve_findings: [wireCve(), wireCve({ cve_id: "CVE-2", cvss: null })] }),
  ]);
  const [finding] = report.findings;
  const fingerprint = finding === undefined ? "" : fingerprintOf(finding);

  expect(toJunit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Crashtest Security" tests="1" failures="1" errors="0" skipped="0" time="0">
<testsuite name="xss" tests="1" failures="1" errors="0" skipped="0" time="0">
<testcase classname="xss.crashtest.cloud" name="Open door: GET https://shop.example/items?x=1, parameter id [${fingerprint.slice(0, 8)}]" time="0">
<failure message="Open door: The door of the shop was open." type="high">The door of the shop was open.
Severity: high (7.5)
Scanner: xss
Where: GET https://shop.example/items?x=1
Parameter: id
How to fix: Close it.
Read on: https://wiki.example/close-the-door
OWASP: https://owasp.example/open-door
CVEs: CVE-2000-0001 (9.8), CVE-2
Request:
method: get
url: https://shop.example/items?x=1
parameter: id
Fingerprint: ${fingerprint}</failure>
</testcase>
</testsuite>
</testsuites>
`);
});

test("scanners without findings pass, those that did not run are skipped", () => {
  const findings = { xss: [wireFinding({ information: "a" })], csrf: [] };
  const report = parseFindings({ findings, descriptions: [wireDescription()], scanners: ["csrf", "ssl", "xss"] });
  const xml = toJunit(report);

  expect(casesIn(xml)).toEqual([
    ["xss", expect.stringMatching(/^Open door \[[0-9a-f]{8}\]$/), "FAIL"],
    ["csrf", "No findings", "PASS"],
    ["ssl", "Did not run", "SKIP"],
  ]);
  expect(readByOthers(xml)).toMatchObject({ total: 2, failed: 1, passed: 1, skipped: 1 });
  expect(xml).toContain('<testsuite name="ssl" tests="1" failures="0" errors="0" skipped="1" time="0">');
  expect(parseJunit(xml)).toMatchObject({ testCaseCount: 2, scanners: ["xss", "csrf"], scannerErrors: [] });
});

test("severities and counts are the same for this package and for another reader", () => {
  const xml = toJunit(reportOfAllSeverities());
  const results = readByOthers(xml);

  expect(countsIn(xml)).toEqual({ critical: 1, high: 1, medium: 1, low: 1, info: 1, unknown: 1 });
  expect({ total: results.total, failed: results.failed, passed: results.passed, errors: results.errors }).toEqual({
    ...{ total: 6, failed: 6, passed: 0, errors: 0 },
  });
});

test("no two test cases have one name", () => {
  const request = { details: { request: REQUEST } };
  const wire = manyFindings(3, () => request);
  const xml = toJunit(
    parseFindings({ findings: { "a.b": wire, a_b: wire, "a\u202Eb": [], "a\u202Db": [] }, descriptions: [] }),
  );
  const names = Array.from(xml.matchAll(/<testcase classname="([^"]+)" name="([^"]+)"/g), ([all]) => all);

  expect(names).toHaveLength(7);
  expect(new Set(names).size).toBe(7);
  expect(names.filter((name) => name.includes(" (2)&quot;") || name.endsWith(' (2)"'))).toHaveLength(2);
});

test("a test case has the same name in the next scan, whatever else was found", () => {
  const namesIn = (findings: readonly Wire[]): string[] =>
    readByOthers(toJunit(reportOf(findings))).suites.flatMap(({ cases }) => cases.map(({ name }) => name));
  const wire = manyFindings(3);

  expect(namesIn(manyFindings(5).reverse())).toEqual(expect.arrayContaining(namesIn(wire)));
});

test.each<[scanner: string, suite: string, readBack: string]>([
  ["a.b", "a_b", "a_b"],
  ["", "?", "?"],
  [" ", "?", "?"],
  ["x".repeat(500), `${"x".repeat(119)}…`, `${"x".repeat(119)}…`],
  ["__proto__", "__proto__", "__proto__"],
])("the scanner %j has a suite %j", (scanner, suite, readBack) => {
  const xml = toJunit(
    parseFindings(JSON.parse(JSON.stringify({ findings: { [scanner]: [wireFinding()] } })) as object),
  );

  expect(xml).toContain(`<testsuite name="${suite}"`);
  expect(parseJunit(xml).scanners).toEqual([readBack]);
});

test("new findings are told where there is a baseline", () => {
  const [finding] = reportOf([wireFinding()]).findings;

  expect(textOf({}, {}, [])).toContain("\nNew: yes\n");
  expect(textOf({}, {}, finding === undefined ? [] : [fingerprintOf(finding)])).toContain("\nNew: no\n");
  expect(textOf({})).not.toContain("New:");
});

test("what is not known is not mentioned", () => {
  const nothing = { how_to_fix: null, reference_owasp: null, reference_resolution: null, baseScore: null };

  expect(
    textOf({}, nothing)
      .split("\n")
      .map((line) => line.split(":")[0]),
  ).toEqual([...["The door of the shop was open.", "Severity", "Scanner", "Fingerprint"]]);
});

test.each<[information: string | null, title: string | null, message: string, text: string]>([
  ["a", "Door", "Door: a", "a"],
  [null, "Door", "Door", "Door"],
  [" ", "Door", "Door", "Door"],
  ["Door", "Door", "Door", "Door"],
  ["a", null, "open-door: a", "a"],
])("for the sentence %j and the title %j the message is %j", (information, title, message, text) => {
  const xml = toJunit(reportOf([wireFinding({ information })], [wireDescription({ title })]));

  expect(readByOthers(xml).suites[0]?.cases[0]?.failure).toBe(message);
  expect(textOf({ information }, { title }).split("\n")[0]).toBe(text);
});

test("long texts and lists are cut, and say so", () => {
  const long = "x".repeat(50_000);
  const cve_findings = Array.from({ length: 60 }, (_, index) => wireCve({ cve_id: `CVE-${index}`, cvss: null }));
  const text = textOf({ information: long, cve_findings, details: { request: { body: long } } }, { how_to_fix: long });

  expect(text.length).toBeLessThan(30_000);
  expect(text).toContain("CVE-49 and 10 more\n");
  expect(text.match(/x…/g)).toHaveLength(3);
});

test("the place of a finding is read back", () => {
  const information = "Retrieved https://shop.example/a?b by using a GET request on the URL without prior knowledge.";

  expect(parseJunit(toJunit(reportOf([wireFinding({ information })]))).findings).toMatchObject([
    { where: { url: "https://shop.example/a?b", method: "GET" } },
  ]);
});

test("the same report gives the same text, without a time", () => {
  expect(toJunit(reportOfAllSeverities())).toBe(toJunit(reportOfAllSeverities()));
  expect(toJunit(reportOfAllSeverities())).not.toMatch(/timestamp|\d{4}-\d\d-\d\d|time="(?!0")/);
});
