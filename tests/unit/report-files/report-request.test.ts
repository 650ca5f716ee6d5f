import type { ReportFormat } from "../../../report-files/report-format";
import { parseReportArgs, problemOfFormat, type ReportRules } from "../../../report-files/report-request";
import { CRASHTEST_RULES } from "../../../service/crashtest/rules";
import type { TargetKind } from "../../../service/service";
import { JUNIT_RULES } from "./junit-service";

const BY_PROJECT = ", or use the project instead of its webhook";

test.each<[ReportFormat, TargetKind, ReportRules, string | undefined]>([
  ["csv", "project", CRASHTEST_RULES, "csv is not available from Crashtest Security: request one of json, xml, pdf"],
  ["csv", "webhook", CRASHTEST_RULES, "csv is not available by webhook from Crashtest Security: request xml"],
  [
    "pdf",
    "webhook",
    CRASHTEST_RULES,
    `pdf is not available by webhook from Crashtest Security: request xml${BY_PROJECT}`,
  ],
  ["json", "project", JUNIT_RULES, "json is not available from Veracode DAST Essentials: request one of xml, pdf, csv"],
  ["json", "project", CRASHTEST_RULES, undefined],
  ["csv", "project", JUNIT_RULES, undefined],
  ["sarif", "webhook", CRASHTEST_RULES, undefined],
  ["html", "project", JUNIT_RULES, undefined],
])("%s of a %s", (format, kind, rules, expected) => {
  expect(problemOfFormat(format, kind, rules)).toBe(expected);
});

test("getReport refuses what the service does not have, with what it has", () => {
  expect(() => parseReportArgs({ projectId: 7, scanId: 31, format: "csv" }, CRASHTEST_RULES)).toThrow(
    expect.objectContaining({
      code: "ARGUMENT_INVALID",
      message: "getReport: csv is not available from Crashtest Security: request one of json, xml, pdf.",
    }) as Error,
  );
  expect(parseReportArgs({ projectId: 7, scanId: 31, format: "csv" }, JUNIT_RULES).format).toBe("csv");
});
