import { parseJunit, ReportParseError } from "../../../findings";

const SECRET = "s3cr3t-value";

const suite = (cases: string, attributes = "") =>
  `<testsuites><testsuite ${attributes}>${cases}</testsuite></testsuites>`;
const testCase = (content: string, scanner = "xss") =>
  `<testcase classname="${scanner}.crashtest.cloud">${content}</testcase>`;

function errorOf(xml: string): ReportParseError {
  try {
    parseJunit(xml);
  } catch (error) {
    if (error instanceof ReportParseError) return error;
    throw error;
  }
  throw new Error("the report was read without an error");
}

test("reads test cases, scanners, scanners that broke, and findings", () => {
  const xml = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" errors="2" time="2.5">
  <testsuite name="Suite" tests="5" failures="1" errors="2">
    <testcase classname="xss.crashtest.cloud" name="XSS (1)">
      <failure message="Open door: The door of &lt;b&gt; was open." type="high">The door of &lt;b&gt; was open.
How to fix: Close it.</failure>
    </testcase>
    <testcase classname="csrf.crashtest.cloud" name="CSRF"/>
    <testcase classname="xss.crashtest.cloud" name="XSS (2)"><system-out>fine</system-out></testcase>
    <testcase classname="ssl.crashtest.cloud" name="TLS (1)"><failure message="timed out" type="error"/></testcase>
    <testcase name="nobody's"><error><![CDATA[ broke & fell ]]></error></testcase>
  </testsuite>
</testsuites>`;

  expect(parseJunit(xml)).toEqual({
    testCaseCount: 5,
    scanners: ["xss", "csrf", "ssl"],
    scannerErrors: [
      { scanner: "ssl", message: "timed out" },
      { scanner: "", message: "broke & fell" },
    ],
    skippedScanners: [],
    findings: [
      {
        ...{ scanner: "xss", slug: "", severity: "high", information: "Open door: The door of <b> was open." },
        ...{ where: {}, references: {}, cves: [], testCase: "XSS", additional: {} },
      },
    ],
  });
});

test.each<[string, string]>([
  ["no test case", suite("")],
  ["no suite", "<testsuites/>"],
  ["a suite as its root", "<testsuite></testsuite>"],
  ["attributes that are no numbers", suite("", 'tests="many" failures="-1" errors=""')],
])("a report with %s is read, and has no test case and no finding", (_case, xml) => {
  const none = { testCaseCount: 0, scanners: [], scannerErrors: [], skippedScanners: [], findings: [] };

  expect(parseJunit(xml)).toEqual(none);
});

test.each<[string, string, string]>([
  [
    "a failure of the type Skipped",
    '<failure type="Skipped" message="No login &amp; no password"/>',
    "No login & no password",
  ],
  ["one of another case, with blanks", '<failure type=" SKIPPED " message="No login"/>', "No login"],
  ["an element of its own", '<skipped message=" No login "/>', "No login"],
  ["an element that does not say why", "<skipped/>", ""],
])("a scanner that was skipped, by %s, has not run, and found nothing", (_how, content, message) => {
  const xml = suite(testCase(content, "csrf") + testCase(content, "csrf") + testCase(""), 'tests="3" failures="2"');

  expect(parseJunit(xml.replace('failures="2"', content.startsWith("<failure") ? 'failures="2"' : ""))).toEqual({
    testCaseCount: 1,
    scanners: ["xss"],
    scannerErrors: [],
    skippedScanners: [{ scanner: "csrf", message }],
    findings: [],
  });
});

test("a scanner of which only some test cases were skipped has run", () => {
  const { scanners, skippedScanners } = parseJunit(suite(testCase('<failure type="Skipped"/>') + testCase("")));

  expect({ scanners, skippedScanners }).toEqual({ scanners: ["xss"], skippedScanners: [] });
});

test("fewer declared than found is no error", () => {
  expect(parseJunit(suite(testCase('<failure type="low"/>'), 'tests="0" failures="0"')).findings).toHaveLength(1);
});

test.each<[string, string]>([
  ['type="critical"', "critical"],
  ['type="info"', "info"],
  ['type="unknown"', "unknown"],
  ['type="HIGH"', "high"],
  ['type=" High "', "high"],
  ['type="informational"', "info"],
  ['type="Informational"', "info"],
  ['type="severe"', "unknown"],
  ['type="toString"', "unknown"],
  ['type=""', "unknown"],
  ["", "unknown"],
])("a failure with %s is of the severity %s", (attributes, severity) => {
  expect(parseJunit(suite(testCase(`<failure ${attributes}/>`))).findings).toMatchObject([{ severity }]);
});

test.each<[string, string, string]>([
  ["its number", "CVE-2015-4603", "CVE-2015-4603"],
  ["its number in another case, with blanks", " cve-2015-46031 ", "CVE-2015-46031"],
])("a finding of the scanner cve that is named by %s carries it", (_what, name, id) => {
  const xml = suite(
    `<testcase classname="cve.crashtest.cloud" name="${name}"><failure message="Overflow." type="critical"/></testcase>`,
  );

  expect(parseJunit(xml).findings).toEqual([
    {
      ...{ scanner: "cve", slug: "", title: id, severity: "critical", information: "Overflow.", where: {} },
      ...{ references: {}, cves: [{ id, additional: {} }], testCase: id, additional: {} },
    },
  ]);
});

test.each([
  ["cve", "Known Vulnerabilities (1)"],
  ["cve", "CVE-2015"],
  ["cve", "CVE-2015-4603 (1)"],
  ["ssl", "CVE-2015-4603"],
])("a finding of the scanner %s in the test case %s carries no CVE", (scanner, name) => {
  const xml = suite(`<testcase classname="${scanner}.crashtest.cloud" name="${name}"><failure type="low"/></testcase>`);

  expect(parseJunit(xml).findings).toMatchObject([{ cves: [] }]);
  expect(parseJunit(xml).findings[0]).not.toHaveProperty("title");
});

test.each([
  ["XSS (1)", "XSS"],
  ["TLS (TLS/SSL) (12)", "TLS (TLS/SSL)"],
  [" XSS(3) ", "XSS"],
  ["(1)", ""],
  ["", ""],
  ["XSS (a)", "XSS (a)"],
  ["XSS 1", "XSS 1"],
  ["XSS (1) (2)", "XSS (1)"],
  ["XSS (1234567890)", "XSS (1234567890)"],
])("a finding of the test case %j names it without the running number: %j", (name, testCase) => {
  const xml = suite(`<testcase classname="xss.crashtest.cloud" name="${name}"><failure type="low"/></testcase>`);

  expect(parseJunit(xml).findings).toMatchObject([{ testCase }]);
});

test.each(["error", "Error", " ERROR "])("a failure of the type %j is a scanner that broke", (type) => {
  const { findings, scannerErrors } = parseJunit(suite(testCase(`<failure type="${type}">gone</failure>`)));

  expect({ findings, scannerErrors }).toEqual({ findings: [], scannerErrors: [{ scanner: "xss", message: "gone" }] });
});

test("each failure of a test case counts, also beside a skip", () => {
  const content =
    '<failure type="low" message="a"/><skipped/><failure type="high">b <i>c</i></failure><error message="d"/>';
  const { testCaseCount, findings, scannerErrors } = parseJunit(suite(testCase(content), 'failures="2" errors="1"'));

  expect(testCaseCount).toBe(1);
  expect(findings.map(({ severity, information }) => [severity, information])).toEqual([
    ["low", "a"],
    ["high", "b c"],
  ]);
  expect(scannerErrors).toEqual([{ scanner: "xss", message: "d" }]);
});

test.each<[string, string]>([
  [
    "the text",
    '<failure message="Hole: Retrieved">Retrieved https://shop.example/a?b by using a GET request\nFix</failure>',
  ],
  ["the message", '<failure message="Retrieved https://shop.example/a?b by using a GET request"/>'],
])("the place is read out of %s", (_source, content) => {
  const where = { url: "https://shop.example/a?b", host: "shop.example", path: "/a", method: "GET" };

  expect(parseJunit(suite(testCase(content))).findings).toMatchObject([{ where }]);
});

test.each(["", " \r\n\t", "\uFEFF", "\uFEFF\n"])("a report without content is empty: %j", (xml) => {
  expect(errorOf(xml)).toMatchObject({ code: "REPORT_EMPTY", path: "$" });
});

const nested = (levels: number) => "<testsuite>".repeat(levels) + "</testsuite>".repeat(levels);

test.each<[string, string]>([
  ["that was cut off", suite(testCase(`<failure message="${SECRET}"/>`)).slice(0, -1)],
  ["with a declaration only", '<?xml version="1.0"?>'],
  ["that is JSON", `{"findings": "${SECRET}"}`],
  ["that is a web page", `<html><body>${SECRET}</body></html>`],
  ["that is a web page of a type", `<!DOCTYPE html><html><body>${SECRET}</body></html>`],
  ["with a type declared", `<!DOCTYPE testsuites><testsuites></testsuites>`],
  ["with an entity declared", `<!DOCTYPE a [<!ENTITY b "${SECRET}">]><testsuites>&b;</testsuites>`],
  ["with an unknown entity", suite(`&${SECRET};`)],
  ["with two roots", suite("") + suite(testCase('<failure type="high"/>'))],
  ["with text after its root", `${suite("")}${SECRET}`],
  ["with an attribute twice", suite(testCase('<failure type="high" type="low"/>'))],
  ["with tags that cross", "<testsuites><testsuite></testsuites></testsuite>"],
  ["of another root", `<${SECRET}/>`],
  ["with a test case as its root", testCase("")],
  ["with a prefix", '<j:testsuites xmlns:j="urn:j"><j:testsuite/></j:testsuites>'],
  ["with a failure outside of a test case", suite('<failure type="high"/>')],
  ["with an error outside of a test case", suite("<error/>")],
  ["with a failure inside of something else", suite(testCase('<system-out><failure type="high"/></system-out>'))],
  ["with a failure inside of a failure", suite(testCase("<failure><failure/></failure>"))],
  ["with a failure in capitals", suite(testCase("<FAILURE/>"))],
  ["with a failure with a prefix", suite(testCase('<x:failure xmlns:x="urn:x"/>'))],
  ["with a test case inside of a test case", suite(testCase(testCase("")))],
  ["with a test case inside of something else", suite(`<group>${testCase("")}</group>`)],
  ["with suites inside of a suite", suite("<testsuites/>")],
  ["nested 65 levels deep", nested(65)],
  ["nested 100,000 levels deep", nested(100_000)],
  ["nested 100,000 levels deep, never closed", "<testsuite>".repeat(100_000)],
  ["that declares a test more", suite(testCase(""), 'tests="2"')],
  ["that declares a failure more", suite(testCase("<failure/>"), 'tests="1" failures="2"')],
  ["that declares an error more", suite(testCase('<failure type="error"/>'), 'failures="1" errors="1"')],
  ["that declares more at its root", `<testsuites tests="1"><testsuite/></testsuites>`],
  [
    "that declares what another suite holds",
    `<testsuites>${nested(1)}<testsuite tests="1"/><testsuite>${testCase("")}</testsuite></testsuites>`,
  ],
  ["that declares more than can be counted", suite(testCase(""), `tests="${"9".repeat(400)}"`)],
])("a report %s is unreadable, and its error shows none of its values", (_case, xml) => {
  const error = errorOf(xml);

  expect(error.code).toBe("REPORT_UNREADABLE");
  expect(error.path).toMatch(/^line \d+, column \d+$/);
  expect(`${error.message}${error.stack ?? ""}${String(error.cause)}`).not.toContain(SECRET);
});

test("64 levels are read", () => {
  expect(parseJunit(nested(64)).testCaseCount).toBe(0);
});

test("says where it went wrong, and to fetch the XML report again", () => {
  expect(errorOf("<testsuites>\n<failure/>").message).toBe(
    "Could not read the findings report: line 2, column 10 has a failure in the wrong place. Fetch the XML report of the scan again, " +
      "and check that nothing between here and the service (proxy, login page) answers instead.",
  );
  expect(errorOf("").message).toContain("then fetch its XML report again");
});
