import * as pulumi from "@pulumi/pulumi";
import { trackCall } from "../program/calls-under-way";
import { programRules, programService } from "../program/service";
import { askMocks, isMocked } from "../program/mocks";
import { fetchReport } from "../report-files/fetch-report";
import type { ReportFormat } from "../report-files/report-format";
import { parseReportArgs, type ReportArgs } from "../report-files/report-request";
import { type InputsOf, whenFinished } from "../program/outputs";

export type { ReportArgs } from "../report-files/report-request";

/** A report that was fetched, or converted from one. */
export interface Report {
  /** The format that was asked for. */
  format: ReportFormat;
  /** The absolute path that was asked for; undefined if none was. A preview writes nothing there. */
  path: string | undefined;
  /** The size of the report, in bytes. */
  sizeBytes: number;
  /** The report as an asset, for example for a bucket. It changes only if the report does. */
  asset: pulumi.asset.Asset;
}

/**
 * Fetches a report of an ended scan, up to `maxReportBytes`, or converts it to another format.
 *
 * The file is written whole or not at all, and only its owner can read it; a missing folder is made. On an error an old file
 * stays as it was. Truncated JSON and XML are refused, and so is what does not begin like its format, such as an error page
 * instead of a PDF.
 *
 * The report of a scan that did not finish is converted only with `allowUnfinished`.
 *
 * @example
 * // The findings for code scanning. No name can leave the folder.
 * const sarif = crashtest.getReportOutput({ projectId, scanId, format: "sarif", folder: "reports", path: "crashtest.sarif" });
 *
 * @throws CrashtestError `SCAN_NOT_FINISHED` while the scan runs, `SCAN_UNSUCCESSFUL` if it did not finish, `NOT_FOUND`,
 * `REPORT_EMPTY`, `REPORT_TOO_LARGE`, `UNEXPECTED_ANSWER`, `ARGUMENT_INVALID` for arguments, and for a file that cannot be
 * written, and the client's other errors; ReportParseError for a report that cannot be parsed
 */
export async function getReport(args: ReportArgs): Promise<Report> {
  return trackCall(isMocked() ? mockedReport(args) : retrieveReport(args));
}

/** As `getReport`, for outputs: unknown in a preview while the scan runs or is not known yet. */
export function getReportOutput(args: InputsOf<ReportArgs>): pulumi.Output<Report> {
  return whenFinished(args, getReport);
}

async function retrieveReport(args: ReportArgs): Promise<Report> {
  const { writtenPath, ...report } = await fetchReport(programService(), args, pulumi.runtime.isDryRun());
  return { ...report, asset: new pulumi.asset.FileAsset(writtenPath) };
}

async function mockedReport(args: ReportArgs): Promise<Report> {
  const { source, format, place } = parseReportArgs(args, programRules());
  const byDefault = { format, path: place?.path, sizeBytes: 0, asset: new pulumi.asset.StringAsset("") };
  return askMocks("getReport", { ...source, format }, byDefault);
}
