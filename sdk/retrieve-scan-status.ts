import type { CallOptions, CrashtestClient, ReportSource, ScanStatus } from "../provider/client";
import { CrashtestError } from "../provider/errors";

/** As `getScanStatus`, with the client handed in. */
export async function retrieveScanStatus(client: CrashtestClient, source: ReportSource): Promise<ScanStatus> {
  const status = await retrieveStatus(client, source);
  if (status !== undefined) return status;
  const owner = "webhook" in source ? "this webhook" : `project ${source.projectId}`;
  throw new CrashtestError({
    code: "NOT_FOUND",
    problem: `There is no scan ${source.scanId} of ${owner}`,
    remedy: "Check both IDs; the scan may have been deleted at the service.",
  });
}

/** As `retrieveScanStatus`, where that there is no such scan is a value: undefined. */
export const retrieveStatus = (
  client: CrashtestClient,
  source: ReportSource,
  options: CallOptions = {},
): Promise<ScanStatus | undefined> =>
  "webhook" in source
    ? client.webhook.getWebhookScanStatus(source.webhook, source.scanId, { owner: source.owner, ...options })
    : client.scans.getScanStatus(source.projectId, source.scanId, { owner: source.owner, ...options });
