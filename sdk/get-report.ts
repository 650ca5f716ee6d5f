import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { CrashtestClient } from "../provider/client";
import { noted } from "./calls-under-way";
import { programClient } from "./client";
import { askMocks, isMocked } from "./mocks";
import { temporaryReportPath } from "./report-file";
import { checkFolderOf } from "./report-folder";
import { extensionOf, type ReportFormat } from "./report-format";
import type { ReportPlace } from "./report-place";
import { parseReportArgs, type ReportArgs } from "./report-request";
import type { InputsOf } from "./scan-reference";
import { whenFinished } from "./when-finished";
import { writeReport } from "./write-report";

export type { ReportArgs } from "./report-request";

/** A report that was fetched, or made from one. */
export interface Report {
  format: ReportFormat;
  /** The absolute path that was asked for; undefined where none was. In a preview nothing is written there. */
  path: string | undefined;
  /** The size of the report. */
  sizeBytes: number;
  /** The report as an asset, for a bucket for example. It shows a change only where the report has one. */
  asset: pulumi.asset.Asset;
}

/**
 * Fetches a report of an ended scan, up to `maxReportBytes`, or makes one in another format from it.
 *
 * The file is there whole or not at all, and readable by its owner only; its folder is made if it is missing. On an error an
 * old file stays as it was. JSON and XML that were cut off are refused, and so is what does not begin like its format, as an
 * error page in the place of a PDF.
 *
 * Of a scan that did not finish nothing is made in another format, unless `allowUnfinished` asks for it.
 *
 * @example
 * // The findings for code scanning. No name can lead out of the folder.
 * const sarif = crashtest.getReportOutput({ projectId, scanId, format: "sarif", folder: "reports", path: "crashtest.sarif" });
 *
 * @throws CrashtestError `SCAN_NOT_FINISHED` while the scan runs, `SCAN_UNSUCCESSFUL` where it did not finish, `NOT_FOUND`, `REPORT_EMPTY`, `REPORT_TOO_LARGE`,
 * `UNEXPECTED_ANSWER`, `ARGUMENT_INVALID` for arguments, and for a file that cannot be written, and what else the client
 * throws; ReportParseError for a report that cannot be read
 */
export async function getReport(args: ReportArgs): Promise<Report> {
  return noted(isMocked() ? mockedReport(args) : retrieveReport(programClient(), args, pulumi.runtime.isDryRun()));
}

/** As `getReport`, for outputs: unknown in a preview while the scan runs or is not known yet. */
export function getReportOutput(args: InputsOf<ReportArgs>): pulumi.Output<Report> {
  return whenFinished(args, getReport);
}

/** As `getReport`, with the client handed in. */
export async function retrieveReport(client: CrashtestClient, args: ReportArgs, isPreview: boolean): Promise<Report> {
  const request = parseReportArgs(args);
  const { format, place } = request;
  if (isPreview && place !== undefined) await checkFolderOf(place);
  /** Also a preview needs the content, or an asset would show a change in it that `up` does not make. */
  const written = place === undefined || isPreview ? temporaryPlace(format) : place;
  const sizeBytes = await writeReport(client, request, written);
  return { format, path: place?.path, sizeBytes, asset: new pulumi.asset.FileAsset(written.path) };
}

/** Nothing is written. */
async function mockedReport(args: ReportArgs): Promise<Report> {
  const { source, format, place } = parseReportArgs(args);
  const byDefault = { format, path: place?.path, sizeBytes: 0, asset: new pulumi.asset.StringAsset("") };
  return askMocks("getReport", { ...source, format }, byDefault);
}

function temporaryPlace(format: ReportFormat): ReportPlace {
  const path = temporaryReportPath(`report.${extensionOf(format)}`);
  return { path, folder: dirname(path) };
}
