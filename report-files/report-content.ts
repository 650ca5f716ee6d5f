import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { CrashtestError } from "../errors/errors";
import type { FormatContext } from "../findings/formats/presented-finding";
import { JsonStream } from "../findings/json-stream";
import { XmlStream } from "../findings/xml-stream";
import { type FindingsSource, findingsSourceOf } from "./findings-report";
import { type ReportPlace, makeFolderOf, writeAtomically } from "./report-file";
import { deriveReport, isDerivedFormat } from "./report-format";
import type { ReportRequest } from "./report-request";
import { type ScanStatus, statusWord } from "../service/scan-status";
import type { ScanAddress, ScanningService, ServiceReportFormat } from "../service/service";

/**
 * Writes a report to a stream, and ends it. The service's own reports are streamed unchanged, up to `maxReportBytes`; the stream
 * does not end if one was cut off. The others are made in memory.
 *
 * @returns the number of bytes written
 * @throws what `writeReport` of the service throws; ReportParseError for invalid JSON or XML, or a report that findings cannot be
 * read from; CrashtestError `SCAN_UNSUCCESSFUL` for a derived report of a scan that did not finish
 */
export async function writeContent(service: ScanningService, request: ReportRequest, file: Writable): Promise<number> {
  const { source, format } = request;
  if (!isDerivedFormat(format)) {
    return service.writeReport(source, format, checkedBy(readerOf(format), file));
  }
  const reports = findingsSourceOf(service, source);
  const report = await reports.findings();
  const content = Buffer.from(deriveReport(format, report, await retrieveReportContext(service, request, reports)));
  await pipeline(Readable.from([content]), file);
  return content.length;
}

/** Returns what notices that a report was cut off; undefined for a format whose end cannot be told. */
function readerOf(format: ServiceReportFormat): JsonStream | XmlStream | undefined {
  if (format === "json") return new JsonStream();
  return format === "xml" ? new XmlStream() : undefined;
}

/** Passes all bytes on to a file, and ends it only if the report is complete. */
function checkedBy(reading: JsonStream | XmlStream | undefined, file: Writable): Writable {
  if (reading === undefined) return file;
  const decoder = new StringDecoder("utf8");
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      reading.write(decoder.write(chunk));
      file.write(chunk, done);
    },
    final: (done) => {
      reading.write(decoder.end());
      const problem = reading.end();
      if (problem === undefined) file.end(done);
      else done(problem);
    },
  });
}

/**
 * Retrieves what findings do not say, and a derived report must not hide: how the scan ended, and which scanners broke or were
 * skipped. It is requested after the report, when the scan has ended.
 *
 * @throws CrashtestError `SCAN_UNSUCCESSFUL` for a scan that did not finish, unless allowed; ReportParseError for an XML report
 * that cannot be parsed; and what the service throws
 */
async function retrieveReportContext(
  service: ScanningService,
  request: ReportRequest,
  reports: FindingsSource,
): Promise<FormatContext> {
  const { source, baseline, allowUnfinished } = request;
  const status = await retrieveScanStatus(service, source);
  if (status.state !== "finished" && !allowUnfinished) throw unsuccessful(request, status);
  const { scannerErrors, skippedScanners } = await reports.junit();
  const { scanId } = source;
  const projectId = "projectId" in source ? source.projectId : undefined;
  return { service: service.rules.kind, scanId, projectId, baseline, scanEnd: status, scannerErrors, skippedScanners };
}

function unsuccessful({ format, source }: ReportRequest, status: ScanStatus): CrashtestError {
  const why = status.reason === undefined ? "" : `: ${status.reason}`;
  return new CrashtestError({
    code: "SCAN_UNSUCCESSFUL",
    problem: `Could not make the ${format} report of scan ${source.scanId}: the scan did not finish (${status.state}, ${statusWord(status)}${why})`,
    remedy:
      "The report would miss findings, and an upload would close those as fixed. Scan again; or set allowUnfinished: true (--allow-unfinished of the command) for a report that says that it is incomplete.",
  });
}

/**
 * Retrieves the status of a scan.
 *
 * @throws CrashtestError `NOT_FOUND` if the scan does not exist, and what the service throws
 */
export async function retrieveScanStatus(service: ScanningService, scan: ScanAddress): Promise<ScanStatus> {
  const status = await service.getScanStatus(scan);
  if (status !== undefined) return status;
  const owner = "webhook" in scan ? "this webhook" : `project ${scan.projectId}`;
  throw new CrashtestError({
    code: "NOT_FOUND",
    problem: `Scan ${scan.scanId} of ${owner} was not found`,
    remedy: "Check both IDs; the scan may have been deleted.",
  });
}

/**
 * Writes a report to its file. Creates the folder if it is missing, and leaves it there on failure.
 *
 * @returns the number of bytes written
 * @throws what `makeFolderOf`, `writeAtomically` and `writeContent` throw
 */
export async function writeReport(
  service: ScanningService,
  request: ReportRequest,
  place: ReportPlace,
): Promise<number> {
  await makeFolderOf(place);
  return writeAtomically(place.path, (file) => writeContent(service, request, file), place.folder);
}
