import { CrashtestError } from "../../errors/errors";
import { isRecord } from "../client/json";
import { startBodyOf } from "../client/start-body";
import { readStatus } from "../client/status-codes";
import { unexpectedAnswer } from "../http/errors";
import { loginSecrets } from "../login";
import type { ScanStatus } from "../scan-status";
import type { CallOptions, StartedScan, StartOptions } from "../service";
import { jsonOf, type Api } from "./api";

/** The vendor's text for a start while a scan is on. ASSUMED: its status may be any. */
const BUSY = /already running/i;

/**
 * The operations by the secret UUID of a target's webhook, besides the signature. They start and follow a scan and get its JUnit
 * report; they cannot stop one.
 */
export class WebhookRuns {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Starts a scan. Never retried where the request may have arrived. The service stores its login and specification.
   *
   * @throws CrashtestError `CONFLICT` while another one is on, since the answer does not name it
   */
  async startWebhookScan(webhook: string, options: StartOptions = {}): Promise<StartedScan> {
    const purpose = "start a scan by webhook";
    const answer = await this.#api.exchange({
      operation: "startWebhookScan",
      parameters: { webhook },
      purpose,
      body: startBodyOf(options, { canCheckLogin: this.#api.service.isLoopback }),
      secrets: loginSecrets(options.login),
      unknownOutcomeRemedy: "Look on the service's pages for the scan, and run again when it has ended.",
    });
    if (!answer.ok) {
      if (answer.problem !== undefined && BUSY.test(answer.problem.text)) throw busy(purpose);
      throw answer.failure();
    }
    const body = jsonOf(answer);
    const { message, data } = isRecord(body) ? body : {};
    const scanId = isRecord(data) ? data["scanId"] : undefined;
    if (Number.isSafeInteger(scanId) && Number(scanId) > 0) {
      const joined = typeof message === "string" && BUSY.test(message);
      return { scanId: String(scanId), joined, service: this.#api.service.identity };
    }
    if (typeof message === "string" && BUSY.test(message)) throw busy(purpose);
    throw unexpectedAnswer(answer.attempt, "JSON without a valid ID in `data.scanId`");
  }

  /** Returns the status of a scan; undefined where the service itself says that it was not found. */
  async getWebhookScanStatus(
    webhook: string,
    scanId: string,
    options: CallOptions = {},
  ): Promise<ScanStatus | undefined> {
    const answer = await this.#api.exchange({
      operation: "getWebhookScanStatus",
      parameters: { webhook, scanId },
      purpose: `get the status of scan ${scanId} by webhook`,
      ...options,
    });
    if (!answer.ok) {
      if (answer.status === 404 && answer.problem !== undefined) return undefined;
      throw answer.failure();
    }
    const body = jsonOf(answer);
    const data = isRecord(body) && isRecord(body["data"]) ? body["data"] : {};
    const status = readStatus(data, scanId, this.#api.options.statusCodes);
    if (status !== undefined) return status;
    throw unexpectedAnswer(answer.attempt, "JSON without a whole number in `data.status.status_code`");
  }
}

const busy = (purpose: string): CrashtestError =>
  new CrashtestError({
    code: "CONFLICT",
    problem: `Could not ${purpose}: a scan of its target is already running, and the answer does not say which`,
    remedy: "Run again when it has ended; or use projectId, the target's ID, by which a running scan is joined.",
  });
