import { judge } from "../../../../gate/rules/decide-verdict";
import { MAX_SENTENCE_LENGTH, MAX_TEXT_LENGTH } from "../../../../findings/report-error";
import { wireFinding, wireReport } from "../../../fixtures/report";
import { evidence } from "../rules/sample-evidence";
import { collect, FakeReports, JSON_REPORT, junit, testCase, XML_REPORT } from "./fake-reports";
import { failure } from "./simulated-wait";

test("findings come from JSON and scanners that broke from XML", async () => {
  const ports = new FakeReports(
    [JSON_REPORT],
    [
      junit(
        testCase('<error message="no handshake"/>', "ssl"),
        testCase('<failure type="high" message="only in XML"/>'),
      ),
    ],
  );

  const collected = await collect("project", ports);

  expect(collected.findings).toMatchObject({ findings: [{ slug: "open-door" }], scanners: { ran: ["xss", "ssl"] } });
  expect(collected.scannerErrors).toEqual([{ scanner: "ssl", message: "no handshake" }]);
  expect(collected.reportProblems).toBeUndefined();
  expect(ports.waitsMs).toEqual([]);
});

test.each([
  ["without a test case", "<testsuites/>"],
  ["whose test cases were all skipped", junit(testCase("<skipped/>"))],
])("a gate by project has no report where JSON stands beside an XML report %s", async (_what, xml) => {
  expect(await collect("project", new FakeReports([JSON_REPORT], [xml]))).toEqual({
    reportProblems: [
      {
        reason: "reportMissing",
        problem: "the XML report has no test case, and so does not say whether a scanner broke",
      },
    ],
  });
});

test.each(["project", "webhook"] as const)("by %s, scanners that were skipped come from XML", async (kind) => {
  const xml = junit(testCase('<failure type="Skipped" message="no login"/>', "csrf"), testCase(""));
  const collected = await collect(kind, new FakeReports([JSON_REPORT], [xml]));

  expect(collected.skippedScanners).toEqual([{ scanner: "csrf", message: "no login" }]);
  expect(collected.scannerErrors).toEqual([]);
});

describe("reports that contradict each other", () => {
  const jsonOf = (findings: object): string => JSON.stringify({ data: { findings } });
  const xss = junit(testCase('<failure type="critical" message="a"/>'), testCase('<failure type="low" message="b"/>'));

  test.each<[string, string, string, string]>([
    [
      "empty lists beside failures",
      jsonOf({ xss: [], ssl: [] }),
      xss,
      "the two reports contradict each other: xss has 2 failures in XML and 0 findings in JSON",
    ],
    [
      "no scanner in common",
      jsonOf({ csrf: [] }),
      XML_REPORT,
      "the two reports have no scanner in common: 1 scanner (csrf) in JSON, 1 scanner (xss) in XML",
    ],
  ])("close the gate: %s", async (_what, json, xml, problem) => {
    const ports = new FakeReports([json], [xml]);

    const collected = await collect("project", ports);

    expect(collected).toEqual({ reportProblems: [{ reason: "reportUnreadable", problem }] });
    expect(ports.asked).toEqual(["xml", "json"]);
  });

  test("failures of CVEs, which JSON has inside of findings, do not count", async () => {
    const cve = testCase('<failure type="critical" message="CVE-2015-4603"/>', "cve");
    const collected = await collect("project", new FakeReports([JSON_REPORT], [junit(testCase(""), cve)]));

    expect(collected.reportProblems).toBeUndefined();
  });
});

describe("by webhook", () => {
  const collectXml = (xml: string) => collect("webhook", new FakeReports([], [xml]));

  test("all comes from XML, and JSON is not asked for", async () => {
    const ports = new FakeReports([], [junit(testCase('<failure type="high" message="found"/>'), testCase("", "ssl"))]);

    expect(await collect("webhook", ports)).toMatchObject({
      findings: { findings: [{ severity: "high", scanner: "xss" }], scanners: { ran: ["xss", "ssl"] } },
      scannerErrors: [],
    });
    expect(ports.asked).toEqual(["xml"]);
  });

  test("a report without a test case is one of no scanner", async () => {
    expect(await collectXml("<testsuites/>")).toEqual({
      findings: { findings: [], scanners: { ran: [] } },
      scannerErrors: [],
      skippedScanners: [],
    });
  });

  test("test cases that were skipped are none", async () => {
    expect(await collectXml(junit(testCase("<skipped/>")))).toMatchObject({ findings: { scanners: { ran: [] } } });
  });

  test("a test case that names no scanner was run by one all the same", async () => {
    expect(await collectXml(junit('<testcase name="it"/>'))).toMatchObject({
      findings: { scanners: { ran: ["unnamed"] } },
    });
  });

  test("a scanner that broke is told", async () => {
    expect(await collectXml(junit(testCase('<error message="no handshake"/>', "ssl")))).toMatchObject({
      scannerErrors: [{ scanner: "ssl", message: "no handshake" }],
    });
  });
});

test.each<[string, string | Error, string]>([
  ["no bytes", "", "reportMissing"],
  ["JSON without findings", "{}", "reportMissing"],
  ["JSON without a scanner", '{"findings":{}}', "reportMissing"],
  ["JSON that was cut off", JSON_REPORT.slice(0, -9), "reportUnreadable"],
  ["JSON of another form", '{"findings":7}', "reportUnreadable"],
  ["an error page", failure("UNEXPECTED_ANSWER"), "reportUnreadable"],
  ["too much", failure("REPORT_TOO_LARGE"), "reportTooLarge"],
  ["without a byte", failure("REPORT_EMPTY"), "reportMissing"],
  ["no report", failure("NOT_FOUND"), "reportMissing"],
  ["a scan that still runs", failure("SCAN_NOT_FINISHED"), "reportMissing"],
  ["no network", failure("UNREACHABLE"), "reportMissing"],
  ["a refusal", failure("FORBIDDEN"), "reportMissing"],
  ["a defect", new TypeError("x is undefined"), "reportMissing"],
])("where JSON is %s, the reason is %s", async (_what, answer, reason) => {
  const collected = await collect("project", new FakeReports([answer]));

  expect(collected.reportProblems).toMatchObject([{ reason }]);
  expect([collected.findings, collected.scannerErrors]).toEqual([undefined, undefined]);
});

test.each<[string, string | Error, string]>([
  ["no bytes", "", "reportMissing"],
  ["XML that was cut off", XML_REPORT.slice(0, -9), "reportUnreadable"],
  ["XML that holds less than it declares", '<testsuites tests="2"><testsuite/></testsuites>', "reportUnreadable"],
  ["an error page", failure("UNEXPECTED_ANSWER"), "reportUnreadable"],
  ["too much", failure("REPORT_TOO_LARGE"), "reportTooLarge"],
  ["without a byte", failure("REPORT_EMPTY"), "reportMissing"],
  ["no report", failure("NOT_FOUND"), "reportMissing"],
])("where XML is %s, the reason is %s, by both ways", async (_what, answer, reason) => {
  for (const kind of ["project", "webhook"] as const) {
    const collected = await collect(kind, new FakeReports([JSON_REPORT], [answer]));

    expect(collected.reportProblems).toMatchObject([{ reason }]);
    expect([collected.findings, collected.scannerErrors]).toEqual([undefined, undefined]);
  }
});

test("where both are missing, both are told", async () => {
  const ports = new FakeReports([""], [failure("REPORT_TOO_LARGE")]);

  expect((await collect("project", ports)).reportProblems).toMatchObject([
    { reason: "reportMissing" },
    { reason: "reportTooLarge", problem: "it was REPORT_TOO_LARGE." },
  ]);
});

const longJson = (fields: Record<string, string>): string => JSON.stringify(wireReport({ xss: [wireFinding(fields)] }));
const [LONG_TEXT, LONG_SENTENCE] = ["x".repeat(MAX_TEXT_LENGTH + 1), "x".repeat(MAX_SENTENCE_LENGTH + 1)];

test.each<[string, "project" | "webhook", string, string]>([
  ["JSON has a finding", "project", longJson({ more: LONG_TEXT }), XML_REPORT],
  ["JSON has a sentence", "project", longJson({ information: LONG_SENTENCE }), XML_REPORT],
  ["XML has an error", "project", JSON_REPORT, junit(testCase(`<error message="${LONG_SENTENCE}"/>`))],
  ["XML has an error", "webhook", "", junit(testCase(`<error message="${LONG_SENTENCE}"/>`))],
  ["XML has a failure", "webhook", "", junit(testCase(`<failure message="${LONG_SENTENCE}"/>`))],
  ["XML has a text", "project", JSON_REPORT, junit(LONG_TEXT)],
  ["XML has a text", "webhook", "", junit(LONG_TEXT)],
])("where %s longer than is read (%s), no gate opens, and nobody asks again", async (_what, kind, json, xml) => {
  const ports = new FakeReports([json], [xml]);

  const collected = await collect(kind, ports, 60_000);

  expect(collected).toEqual({
    reportProblems: [
      { reason: "reportTooLarge", problem: expect.stringMatching(/(longer|more) than \d+ characters/) as unknown },
    ],
  });
  expect(ports.waitsMs).toEqual([]);
  const { verdict } = judge(
    { failOn: "none" },
    { ...evidence({ findings: undefined, scannerErrors: undefined }), ...collected },
  );
  expect(verdict).toMatchObject({ passed: false, reason: "reportTooLarge" });
});
