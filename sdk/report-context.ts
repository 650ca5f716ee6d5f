import type { FormatContext } from "../findings/formats/presented-finding";
import { shorten } from "../findings/gate/short-text";
import { JunitReading } from "../findings/junit";
import type { CrashtestClient, ScanStatus } from "../provider/client";
import { CrashtestError } from "../provider/errors";
import { retrieveScanStatus } from "./retrieve-scan-status";
import type { ReportRequest } from "./report-request";

/**
 * What the JSON report does not say, and no report that is made of it may hide: how the scan ended, which scanners broke, and
 * which were skipped. It is asked for after the report, so that the scan has ended.
 *
 * @throws CrashtestError `SCAN_UNSUCCESSFUL` for a scan that did not finish, unless that is allowed; and what the client
 * throws; ReportParseError for an XML report that cannot be read
 */
export async function retrieveReportContext(client: CrashtestClient, request: ReportRequest): Promise<FormatContext> {
  const { source, baseline, allowUnfinished } = request;
  const status = await retrieveScanStatus(client, source);
  if (status.state !== "finished" && !allowUnfinished) throw unsuccessful(request, status);
  const reading = new JunitReading(undefined);
  await client.reports.streamReport(source, "xml", (piece) => {
    reading.write(piece);
  });
  const { scannerErrors, skippedScanners } = reading.end();
  const { scanId } = source;
  const projectId = "projectId" in source ? source.projectId : undefined;
  return { scanId, projectId, baseline, scanEnd: status, scannerErrors, skippedScanners };
}

function unsuccessful({ format, source }: ReportRequest, { state, statusCode, reason }: ScanStatus): CrashtestError {
  const why = reason === undefined ? "" : `: ${shorten(reason)}`;
  return new CrashtestError({
    code: "SCAN_UNSUCCESSFUL",
    problem: `Could not make the ${format} report of scan ${source.scanId}: the scan did not finish (${state}, status code ${statusCode}${why})`,
    remedy:
      "What it did not find may be there all the same, and an upload would close what is open. Scan again; or set allowUnfinished: true (--allow-unfinished of the command) for a report that says so itself.",
  });
}
