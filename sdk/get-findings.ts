import type * as pulumi from "@pulumi/pulumi";
import { withoutEngineColors } from "../findings/plain-text";
import { parseFindings, type FindingsReport } from "../findings/report";
import { countFindings } from "../findings/severity";
import type { CrashtestClient, ReportSource } from "../provider/client";
import { noted } from "./calls-under-way";
import { programClient } from "./client";
import { askMocks, isMocked } from "./mocks";
import { parseScanReference, type InputsOf, type ScanReference } from "./scan-reference";
import { whenFinished } from "./when-finished";

/** Names a scan of a project; a webhook has no findings as data. */
export type FindingsArgs = Extract<ScanReference, { projectId: string | number }>;

/**
 * What an ended scan found, as data.
 *
 * @throws CrashtestError `SCAN_NOT_FINISHED` while the scan runs, `NOT_FOUND`, `REPORT_TOO_LARGE`, and what else the client
 * throws; ReportParseError for a report that cannot be read
 */
export async function getFindings(args: FindingsArgs): Promise<FindingsReport> {
  const source = parseScanReference("getFindings", args);
  return noted(
    isMocked() ? askMocks("getFindings", { ...source }, NOTHING_FOUND) : retrieveFindings(programClient(), source),
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

/** As `getFindings`, with the client handed in. */
export async function retrieveFindings(client: CrashtestClient, source: ReportSource): Promise<FindingsReport> {
  const report = parseFindings(await client.reports.readJsonReport(source));
  /** A program may well make an output of it, which the engine prints. */
  return withoutEngineColors(report) as FindingsReport;
}
