import { dirname } from "node:path";
import type { ScanningService } from "../service/service";
import { writeReport } from "./report-content";
import { type ReportPlace, checkFolderOf } from "./report-file";
import { type ReportFormat, extensionOf } from "./report-format";
import { type ReportArgs, parseReportArgs } from "./report-request";
import { temporaryReportPath } from "./temporary-report";

/** A report in a file. */
export interface FetchedReport {
  format: ReportFormat;
  /** The absolute path that was asked for; undefined if none was. A preview writes nothing there. */
  path: string | undefined;
  sizeBytes: number;
  /** Where the content is. */
  writtenPath: string;
}

/** Fetches a report, or converts it from one. @throws as `getReport` */
export async function fetchReport(
  service: ScanningService,
  args: ReportArgs,
  isPreview: boolean,
): Promise<FetchedReport> {
  const request = parseReportArgs(args, service.rules);
  const { format, place } = request;
  if (isPreview && place !== undefined) await checkFolderOf(place);
  // A preview needs the content too, or it would show a change of the asset that `up` does not make.
  const written = place === undefined || isPreview ? temporaryPlace(format) : place;
  const sizeBytes = await writeReport(service, request, written);
  return { format, path: place?.path, sizeBytes, writtenPath: written.path };
}

function temporaryPlace(format: ReportFormat): ReportPlace {
  const path = temporaryReportPath(`report.${extensionOf(format)}`);
  return { path, folder: dirname(path) };
}
