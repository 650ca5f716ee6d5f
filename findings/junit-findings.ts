import { ReportParseError } from "./report-error";
import { ROOT_PATH } from "./json-fields";
import type { JunitReport } from "./junit";
import type { FindingsReport } from "./report";
import { countFindings } from "./severity";

/**
 * Converts an XML report to the form of a JSON report. Its findings have neither slug nor score, and it has no descriptions:
 * JUnit has no place for them.
 *
 * @throws ReportParseError `REPORT_EMPTY` if no test case ran. ASSUMED: each scanner that ran has one
 */
export function findingsOfJunit({ findings, scanners, testCaseCount }: JunitReport): FindingsReport {
  if (testCaseCount === 0) {
    throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "has no test case that ran", "XML");
  }
  return {
    findings,
    findingCounts: countFindings(findings),
    scanners: { ran: scanners },
    descriptions: [],
    additional: {},
    warnings: [],
  };
}
