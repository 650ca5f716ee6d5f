import type { Writable } from "node:stream";
import { CrashtestError } from "../../errors/errors";
import {
  noSuchReport,
  readReportText,
  reportLimitsOf,
  streamReport,
  webhookReportRequest,
  type OpenAnswer,
  type ReportLimits,
} from "../client/reports";
import { isUnderWay } from "../scan-status";
import type { CallOptions, ScanAddress, ServiceReportFormat } from "../service";
import type { Answer, Api, ApiRequest } from "./api";
import type { Runs } from "./runs";
import type { WebhookRuns } from "./webhook";

type Refusal = Extract<Answer, { ok: false }>;

const FORMATS: Readonly<Record<Exclude<ServiceReportFormat, "json">, string>> = {
  xml: "junit",
  pdf: "pdf",
  csv: "csv",
};
const NOT_READY: ReadonlySet<string> = new Set([
  "INVALID_TARGET_STATE",
  "SCAN_REPORT_NOT_READY",
  "REPORT_DATA_NOT_READY",
]);
const PAUSE_MS = 10_000;
/** After that, whoever wants the report has to try again. */
const LONGEST_WAIT_MS = 10 * 60_000;
const CONFLICT = 409;

/** The reports of ended runs. */
export class Reports {
  readonly #api: Api;
  readonly #runs: Runs;
  readonly #webhook: WebhookRuns;
  readonly #limits: ReportLimits;

  constructor(api: Api, runs: Runs, webhook: WebhookRuns) {
    this.#api = api;
    this.#runs = runs;
    this.#webhook = webhook;
    this.#limits = reportLimitsOf(api.options);
  }

  /**
   * Streams a report to a destination. One that is not ready is waited for, at most ten minutes.
   *
   * @returns the bytes written
   * @throws as `streamReport`; CrashtestError `SCAN_NOT_FINISHED` while the scan is on, or where the report is not ready after
   * the wait, `ARGUMENT_INVALID` for a format that the service does not have; ApiError
   */
  writeReport(
    source: ScanAddress,
    format: ServiceReportFormat,
    destination: Writable,
    options: CallOptions = {},
  ): Promise<number> {
    return streamReport(() => this.#open(source, format, options), format, destination, this.#limits);
  }

  /** Reads the JUnit report as text, to be parsed. @throws as `writeReport` */
  readJunitReport(source: ScanAddress, options: CallOptions = {}): Promise<string> {
    return readReportText(() => this.#open(source, "xml", options), "xml", this.#limits);
  }

  async #open(source: ScanAddress, format: ServiceReportFormat, { signal }: CallOptions): Promise<OpenAnswer> {
    const request = { ...requestFor(source, format), signal };
    for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
      const answer = await this.#api.open(request);
      if (!("ok" in answer)) return answer;
      if (!isNotReady(answer)) throw answer.failure();
      if (waitedMs === 0) await this.#requireEnded(source, answer, { signal });
      if (waitedMs >= LONGEST_WAIT_MS) {
        const minutes = LONGEST_WAIT_MS / 60_000;
        throw notFinished(request, `the report is still not ready after ${minutes} minutes`);
      }
      await this.#api.wait(PAUSE_MS, request);
    }
  }

  /** The service's words for a run that is on and for a report that is being made are the same. */
  async #requireEnded(source: ScanAddress, answer: Refusal, options: CallOptions): Promise<void> {
    const status =
      "webhook" in source
        ? await this.#webhook.getWebhookScanStatus(source.webhook, source.scanId, options)
        : await this.#runs.getRunStatus(source.projectId, source.scanId, options);
    if (status !== undefined && isUnderWay(status.state)) throw notFinished(answer.attempt, "the scan has not ended");
  }
}

const isNotReady = ({ status, problem }: Refusal): boolean =>
  status === CONFLICT || (status === 400 && problem?.codes.some((code) => NOT_READY.has(code)) === true);

const notFinished = ({ purpose }: Pick<ApiRequest, "purpose">, why: string): CrashtestError =>
  new CrashtestError({
    code: "SCAN_NOT_FINISHED",
    problem: `Could not ${purpose}: ${why}`,
    remedy: "Try again later.",
  });

function requestFor(source: ScanAddress, format: ServiceReportFormat): ApiRequest {
  if ("webhook" in source) return webhookReportRequest(source, format);
  const { projectId, scanId, owner } = source;
  if (format === "json") throw noSuchReport(format, "at this service", "Use xml, pdf or csv.");
  return {
    operation: "getAnalysisRunReport",
    parameters: { targetId: projectId, analysisRunId: scanId, format: FORMATS[format] },
    purpose: `get the ${format} report of scan ${scanId} of target ${projectId}`,
    owner,
  };
}
