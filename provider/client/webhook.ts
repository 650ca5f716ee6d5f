import type { CallOptions } from "./call-options";
import type { ServiceIdentity } from "../service-identity";
import type { Http } from "./http";
import type { ResolvedOptions } from "./options";
import { retrieveStatus, type ScanStatus } from "./scans";
import { idOf } from "./wire";

/**
 * The transport that needs no API key but a secret UUID, one per project. It can start and follow a scan and fetch its
 * JUnit report; it cannot stop one, and its answer does not say whether the scan was running already.
 */
export class WebhookScans {
  constructor(
    private readonly http: Http,
    private readonly options: Pick<ResolvedOptions, "statusCodes" | "slugs">,
  ) {}

  /** Starts a scan, or names the one that is running. Never repeated where the request may have arrived. */
  async startWebhookScan(webhook: string): Promise<{ scanId: string; service: ServiceIdentity }> {
    const answer = await this.http.exchange({
      operation: "startWebhookScan",
      parameters: { webhook },
      purpose: "start a scan by webhook",
      unknownOutcomeRemedy: "Run again: a scan that was started and still runs is joined.",
    });
    if (!answer.ok) throw answer.failure();
    return { scanId: idOf(answer, "scanId"), service: answer.service };
  }

  /**
   * Where a scan stands; undefined where the service itself says that there is none.
   *
   * @throws CrashtestError `OTHER_SERVICE` where the scan's ID is not one of this service
   */
  async getWebhookScanStatus(
    webhook: string,
    scanId: string,
    options: CallOptions = {},
  ): Promise<ScanStatus | undefined> {
    return retrieveStatus(this.http, this.options, {
      operation: "getWebhookScanStatus",
      parameters: { webhook, scanId },
      purpose: `get the status of scan ${scanId} by webhook`,
      ...options,
    });
  }
}
