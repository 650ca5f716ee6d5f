import type { ErrorCode } from "../../../../provider/errors";
import { collectReports, type ReportPorts } from "../../../../sdk/gate/collect-reports";
import type { WaitEnd } from "../../../../sdk/gate/scheduler";
import { wireFinding, wireReport } from "../../../fixtures/report";
import { failure } from "./simulated-wait";

const JSON_REPORT = JSON.stringify({ data: wireReport({ xss: [wireFinding()], ssl: [] }) });

const testCase = (inner: string, scanner = "xss"): string =>
  `<testcase classname="${scanner}.crashtest.cloud" name="it">${inner}</testcase>`;
const junit = (...testCases: readonly string[]): string =>
  `<testsuites><testsuite>${testCases.join("")}</testsuite></testsuites>`;
const XML_REPORT = junit(testCase(""));

/** Reports that come in the order given, the last one again and again, and waits that take no time. */
class FakeReports implements ReportPorts {
  readonly asked: string[] = [];
  readonly waitsMs: number[] = [];
  waitEnd: WaitEnd = "due";

  constructor(
    private readonly json: readonly (string | Error)[] = [JSON_REPORT],
    private readonly xml: readonly (string | Error)[] = [XML_REPORT],
  ) {}

  readonly readJson = (): Promise<string> => this.read("json", this.json);
  readonly readXml = (): Promise<string> => this.read("xml", this.xml);
  readonly wait = (delayMs: number): Promise<WaitEnd> => {
    this.waitsMs.push(delayMs);
    return Promise.resolve(this.waitEnd);
  };

  private read(format: string, answers: readonly (string | Error)[]): Promise<string> {
    this.asked.push(format);
    const count = this.asked.filter((asked) => asked === format).length;
    const answer = answers[Math.min(count, answers.length) - 1] ?? "";
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
}

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

  const collected = await collectReports("project", ports);

  expect(collected.findings).toMatchObject({ findings: [{ slug: "open-door" }], scanners: { ran: ["xss", "ssl"] } });
  expect(collected.scannerErrors).toEqual([{ scanner: "ssl", message: "no handshake" }]);
  expect(collected.reportProblems).toBeUndefined();
  expect(ports.waitsMs).toEqual([]);
});

test("a gate by project is not closed by an XML report without a test case", async () => {
  const collected = await collectReports("project", new FakeReports([JSON_REPORT], ["<testsuites/>"]));

  expect(collected).toMatchObject({ findings: { scanners: { ran: ["xss", "ssl"] } }, scannerErrors: [] });
});

describe("by webhook", () => {
  const collect = (xml: string) => collectReports("webhook", new FakeReports([], [xml]));

  test("all comes from XML, and JSON is not asked for", async () => {
    const ports = new FakeReports([], [junit(testCase('<failure type="high" message="found"/>'), testCase("", "ssl"))]);

    expect(await collectReports("webhook", ports)).toMatchObject({
      findings: { findings: [{ severity: "high", scanner: "xss" }], scanners: { ran: ["xss", "ssl"] } },
      scannerErrors: [],
    });
    expect(ports.asked).toEqual(["xml"]);
  });

  test("a report without a test case is one of no scanner", async () => {
    expect(await collect("<testsuites/>")).toEqual({
      findings: { findings: [], scanners: { ran: [] } },
      scannerErrors: [],
    });
  });

  test("test cases that were skipped are none", async () => {
    expect(await collect(junit(testCase("<skipped/>")))).toMatchObject({ findings: { scanners: { ran: [] } } });
  });

  test("a test case that names no scanner was run by one all the same", async () => {
    expect(await collect(junit('<testcase name="it"/>'))).toMatchObject({
      findings: { scanners: { ran: ["unnamed"] } },
    });
  });

  test("a scanner that broke is told", async () => {
    expect(await collect(junit(testCase('<error message="no handshake"/>', "ssl")))).toMatchObject({
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
  ["no report", failure("NOT_FOUND"), "reportMissing"],
  ["a scan that still runs", failure("SCAN_NOT_FINISHED"), "reportMissing"],
  ["no network", failure("UNREACHABLE"), "reportMissing"],
  ["a refusal", failure("FORBIDDEN"), "reportMissing"],
  ["a defect", new TypeError("x is undefined"), "reportMissing"],
])("where JSON is %s, the reason is %s", async (_what, answer, reason) => {
  const collected = await collectReports("project", new FakeReports([answer]));

  expect(collected.reportProblems).toMatchObject([{ reason }]);
  expect([collected.findings, collected.scannerErrors]).toEqual([undefined, undefined]);
});

test.each<[string, string | Error, string]>([
  ["no bytes", "", "reportMissing"],
  ["XML that was cut off", XML_REPORT.slice(0, -9), "reportUnreadable"],
  ["XML that holds less than it declares", '<testsuites tests="2"><testsuite/></testsuites>', "reportUnreadable"],
  ["an error page", failure("UNEXPECTED_ANSWER"), "reportUnreadable"],
  ["too much", failure("REPORT_TOO_LARGE"), "reportTooLarge"],
  ["no report", failure("NOT_FOUND"), "reportMissing"],
])("where XML is %s, the reason is %s, by both ways", async (_what, answer, reason) => {
  for (const transport of ["project", "webhook"] as const) {
    const collected = await collectReports(transport, new FakeReports([JSON_REPORT], [answer]));

    expect(collected.reportProblems).toMatchObject([{ reason }]);
    expect([collected.findings, collected.scannerErrors]).toEqual([undefined, undefined]);
  }
});

test("where both are missing, both are told", async () => {
  const ports = new FakeReports([""], [failure("REPORT_TOO_LARGE")]);

  expect((await collectReports("project", ports)).reportProblems).toMatchObject([
    { reason: "reportMissing" },
    { reason: "reportTooLarge", problem: "it was REPORT_TOO_LARGE." },
  ]);
});

describe("asking again", () => {
  const readable: ErrorCode[] = ["UNREACHABLE", "TIMEOUT", "SERVER_ERROR", "NOT_FOUND", "SCAN_NOT_FINISHED"];

  test.each(readable)("%s twice, then a report, is a report", async (code) => {
    const ports = new FakeReports([failure(code), failure(code), JSON_REPORT]);

    expect((await collectReports("project", ports)).findings?.findings).toHaveLength(1);
    expect(ports.waitsMs).toEqual([2_000, 2_000]);
  });

  test.each(readable)("%s three times is enough", async (code) => {
    const ports = new FakeReports([failure(code), failure(code), failure(code), JSON_REPORT]);

    expect((await collectReports("project", ports)).reportProblems).toHaveLength(1);
    expect(ports.asked).toEqual(["xml", "json", "json", "json"]);
    expect(ports.waitsMs).toHaveLength(2);
  });

  test.each<[string, string | Error]>([
    ["REPORT_TOO_LARGE", failure("REPORT_TOO_LARGE")],
    ["FORBIDDEN", failure("FORBIDDEN")],
    ["a report that cannot be read", "{"],
    ["an empty report", ""],
    ["a defect", new Error("x")],
  ])("is of no use after %s", async (_what, answer) => {
    const ports = new FakeReports([answer, JSON_REPORT]);

    expect((await collectReports("project", ports)).reportProblems).toHaveLength(1);
    expect(ports.asked).toEqual(["xml", "json"]);
  });

  test.each([
    [7_000, 7_000],
    [500, 2_000],
    [3_600_000, 60_000],
  ])("where the service asks for %i ms, it is after %i ms", async (retryAfterMs, waitMs) => {
    const ports = new FakeReports([JSON_REPORT], [failure("RATE_LIMITED", retryAfterMs), XML_REPORT]);

    expect((await collectReports("project", ports)).scannerErrors).toEqual([]);
    expect(ports.waitsMs).toEqual([waitMs]);
  });

  test("ends where the wait is stopped", async () => {
    const ports = new FakeReports([failure("TIMEOUT"), JSON_REPORT]);
    ports.waitEnd = "stopped";

    expect((await collectReports("project", ports)).reportProblems).toMatchObject([{ problem: "it was TIMEOUT." }]);
    expect(ports.asked).toEqual(["xml", "json"]);
  });
});
