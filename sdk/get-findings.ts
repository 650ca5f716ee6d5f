import type * as pulumi from "@pulumi/pulumi";
import type { FindingsReport } from "../findings/report";
import { countFindings } from "../findings/severity";
import { trackCall } from "../program/calls-under-way";
import { programRules, programService } from "../program/service";
import { askMocks, isMocked } from "../program/mocks";
import { type InputsOf, whenFinished } from "../program/outputs";
import { retrieveFindings } from "../report-files/findings-report";
import { parseScanReference, type ScanReference } from "../service/scan-reference";

/** Which scan. */
export type FindingsArgs = ScanReference;

/**
 * Returns what an ended scan found, as data: from the JSON report, or from the XML report with a webhook and at Veracode, where
 * there is no JSON. Findings of an XML report have no slug, score or description.
 *
 * @throws CrashtestError `SCAN_NOT_FINISHED` while the scan runs, `NOT_FOUND`, `REPORT_EMPTY`, `REPORT_TOO_LARGE`, and the client's
 * other errors; ReportParseError for a report that cannot be parsed
 */
export async function getFindings(args: FindingsArgs): Promise<FindingsReport> {
  const source = parseScanReference("getFindings", args, programRules());
  return trackCall(
    isMocked() ? askMocks("getFindings", { ...source }, NOTHING_FOUND) : retrieveFindings(programService(), source),
  );
}

const NOTHING_FOUND: FindingsReport = {
  findings: [],
  findingCounts: countFindings([]),
  scanners: { ran: [] },
  descriptions: [],
  additional: {},
  warnings: [],
};

/** As `getFindings`, for outputs: unknown in a preview while the scan runs or is not known yet. */
export function getFindingsOutput(args: InputsOf<FindingsArgs>): pulumi.Output<FindingsReport> {
  return whenFinished(args, getFindings);
}
