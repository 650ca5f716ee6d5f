import type { ScanStatus } from "../scan-status";
import { startBodyOf } from "../client/start-body";
import { loginSecrets } from "../login";
import type { CallOptions, OwnerOption, ServiceIdentity, StartedScan, StartOptions } from "../service";
import { idOf, outcomeOf } from "./answers";
import type { Api } from "./api";
import { retrieveStatus } from "./scan-status";

const JOIN_REMEDY = "Run again: a scan that was started and is still running is joined.";

/** The operations on scans. */
export class Scans {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Starts a scan, or returns the running one. Never retried where the request may have arrived.
   *
   * @param options how it logs in, and the service that issued the project's ID
   * @throws ApiError (`TARGET_NOT_VERIFIED` without a proof of ownership), TransportError, UnexpectedAnswerError,
   * CrashtestError `OTHER_SERVICE`
   */
  async startScan(projectId: string, options: OwnerOption & StartOptions = {}): Promise<StartedScan> {
    const answer = await this.#api.exchange({
      operation: "startScan",
      parameters: { projectId },
      owner: options.owner,
      ...contentOf(this.#api, options),
      purpose: `start a scan of project ${projectId}`,
      unknownOutcomeRemedy: JOIN_REMEDY,
    });
    if (!answer.ok) throw answer.failure();
    // Unless the answer says that the scan is new, it may have tested what was deployed before.
    const isNew = answer.status === 201 && answer.slug !== this.#api.options.slugs.scanAlreadyRunning;
    return { scanId: idOf(answer, "scanId"), joined: !isNew, service: answer.service };
  }

  /**
   * Stops a running scan. `notFound` and `notRunning` are results, not errors.
   *
   * @throws CrashtestError `OTHER_SERVICE`; UnexpectedAnswerError for an answer without one of the service's own slugs
   */
  async stopScan(
    projectId: string,
    scanId: string,
    options: CallOptions = {},
  ): Promise<"stopped" | "notFound" | "notRunning"> {
    const purpose = `stop scan ${scanId} of project ${projectId}`;
    const parameters = { projectId, scanId };
    const answer = await this.#api.exchange({ operation: "stopScan", parameters, purpose, ...options });
    const { scanStopped, scanNotFound, projectNotFound, scanNotRunning } = this.#api.options.slugs;
    return outcomeOf<"stopped" | "notFound" | "notRunning">(answer, [
      { status: 200, slug: scanStopped, outcome: "stopped" },
      { status: 404, slug: scanNotFound, outcome: "notFound" },
      { status: 404, slug: projectNotFound, outcome: "notFound" },
      { status: 409, slug: scanNotRunning, outcome: "notRunning" },
    ]);
  }

  /**
   * Returns the status of a scan; undefined where the service itself says that it was not found.
   *
   * @throws CrashtestError `OTHER_SERVICE`
   */
  getScanStatus(projectId: string, scanId: string, options: CallOptions = {}): Promise<ScanStatus | undefined> {
    const purpose = `get the status of scan ${scanId} of project ${projectId}`;
    const parameters = { projectId, scanId };
    return retrieveStatus(this.#api, { operation: "getScanStatus", parameters, purpose, ...options });
  }
}

/**
 * The operations that need a secret UUID, one per project, instead of an API key. They start and follow a scan and get its
 * JUnit report; they cannot stop one, and the answer to a start does not say whether the scan was already running.
 */
export class WebhookScans {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Starts a scan, or returns the running one. Never retried where the request may have arrived. */
  async startWebhookScan(
    webhook: string,
    options: StartOptions = {},
  ): Promise<{ scanId: string; service: ServiceIdentity }> {
    const answer = await this.#api.exchange({
      operation: "startWebhookScan",
      parameters: { webhook },
      ...contentOf(this.#api, options),
      purpose: "start a scan by webhook",
      unknownOutcomeRemedy: JOIN_REMEDY,
    });
    if (!answer.ok) throw answer.failure();
    return { scanId: idOf(answer, "scanId"), service: answer.service };
  }

  /** As `Scans.getScanStatus`. */
  getWebhookScanStatus(webhook: string, scanId: string, options: CallOptions = {}): Promise<ScanStatus | undefined> {
    const purpose = `get the status of scan ${scanId} by webhook`;
    const parameters = { webhook, scanId };
    return retrieveStatus(this.#api, { operation: "getWebhookScanStatus", parameters, purpose, ...options });
  }
}

/** Returns the body of a start, and its secrets. */
const contentOf = ({ service }: Api, options: StartOptions) => ({
  body: startBodyOf(options, { canCheckLogin: service.isLoopback }),
  secrets: loginSecrets(options.login),
});
