import { CRASHTEST_RULES } from "../../../service/crashtest/rules";
import type { ScanAddress, ScanningService } from "../../../service/service";
import { findingsSourceOf } from "../../../report-files/findings-report";
import { wireFinding, wireReport } from "../../fixtures/report";
import { JUNIT, junitService } from "./junit-service";

const SCAN = { projectId: "7", scanId: "31" };

test("where there is no JSON the XML report is read once, for findings and for scanners that broke", async () => {
  const { service, asked } = junitService();
  const source = findingsSourceOf(service, SCAN);

  const report = await source.findings();
  const junit = await source.junit();

  expect(report.findingCounts).toEqual({ critical: 0, high: 1, medium: 1, low: 0, info: 0, unknown: 0 });
  expect(junit.scannerErrors).toEqual([{ scanner: "portscan", message: "no route" }]);
  expect(asked).toEqual(["xml"]);
});

test.each<[string, ScanAddress, string[]]>([
  ["a project", SCAN, ["json"]],
  ["a webhook", { webhook: "3f2a1c84-0b6d-4e59-9d27-5a1b2c3d4e5f", scanId: "31" }, ["xml"]],
])("the findings of %s come from the report that it has, and no other is requested", async (_what, scan, expected) => {
  const asked: string[] = [];
  const service = {
    rules: CRASHTEST_RULES,
    readReport: (_scan: ScanAddress, format: string) => {
      asked.push(format);
      return Promise.resolve(format === "json" ? JSON.stringify(wireReport({ xss: [wireFinding()] })) : JUNIT);
    },
  } as unknown as ScanningService;

  const { findings } = await findingsSourceOf(service, scan).findings();

  expect(findings.map(({ scanner }) => scanner)).toContain("xss");
  expect(asked).toEqual(expected);
});

test("a report of another kind is an error each time", async () => {
  const source = findingsSourceOf(junitService("<html/>").service, SCAN);

  await expect(source.findings()).rejects.toMatchObject({ code: "REPORT_UNREADABLE" });
  await expect(source.junit()).rejects.toMatchObject({ code: "REPORT_UNREADABLE" });
});
