import type { Writable } from "node:stream";
import {
  readReportText,
  reportLimitsOf,
  streamReport,
  webhookReportRequest,
  type ReportLimits,
} from "../client/reports";
import type { CallOptions, ScanAddress, ServiceReportFormat } from "../service";
import type { Api, ApiRequest } from "./api";

/** The formats that this service has. */
export type CrashtestReportFormat = Exclude<ServiceReportFormat, "csv">;

const OPERATIONS: Readonly<Record<CrashtestReportFormat, ApiRequest["operation"]>> = {
  json: "getReportJson",
  xml: "getReportXml",
  pdf: "getReportPdf",
};

/** The reports of ended scans. */
export class Reports {
  readonly #api: Api;
  readonly #limits: ReportLimits;

  constructor(api: Api) {
    this.#api = api;
    this.#limits = reportLimitsOf(api.options);
  }

  /**
   * Streams a report to a destination. Memory use does not grow with the report.
   *
   * On any error the destination is destroyed, and what was written to it must be discarded.
   *
   * @returns the bytes written
   * @throws ApiError (`SCAN_NOT_FINISHED` while the scan runs, `NOT_FOUND`), ReportTooLargeError above `maxReportBytes`,
   * CrashtestError `REPORT_EMPTY` for an empty one, `ARGUMENT_INVALID` for a format that the service does not have,
   * UnexpectedAnswerError for one of another type, TransportError where the connection broke, and any error of the destination
   */
  writeReport(
    source: ScanAddress,
    format: CrashtestReportFormat,
    destination: Writable,
    options: CallOptions = {},
  ): Promise<number> {
    return streamReport(() => this.#open(source, format, options), format, destination, this.#limits);
  }

  /**
   * Reads the JSON report as text, to be parsed: `parseFindings` of the package's entry `findings` does that. The text is held
   * in memory, and limited to 16 MiB, or to `maxReportBytes` if that is less.
   *
   * @throws as `writeReport`
   */
  readJsonReport(source: ScanAddress, options: CallOptions = {}): Promise<string> {
    return readReportText(() => this.#open(source, "json", options), "json", this.#limits);
  }

  /** Reads the XML (JUnit) report as text, as `readJsonReport`; `parseJunit` of the package's entry `findings` parses it. */
  readXmlReport(source: ScanAddress, options: CallOptions = {}): Promise<string> {
    return readReportText(() => this.#open(source, "xml", options), "xml", this.#limits);
  }

  async #open(source: ScanAddress, format: CrashtestReportFormat, { signal }: CallOptions) {
    return this.#api.open({ ...requestFor(source, format), signal });
  }
}

function requestFor(source: ScanAddress, format: CrashtestReportFormat): ApiRequest {
  if ("webhook" in source) return webhookReportRequest(source, format);
  const { projectId, scanId, owner } = source;
  const purpose = `get the ${format} report of scan ${scanId} of project ${projectId}`;
  return { operation: OPERATIONS[format], parameters: { projectId, scanId }, purpose, owner };
}
