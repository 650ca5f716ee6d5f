import type * as pulumi from "@pulumi/pulumi";
import type { CallOptions, CrashtestClient, ReportSource, ScanStatus } from "../provider/client";
import { CrashtestError } from "../provider/errors";
import { programClient } from "./client";
import { askMocks, isMocked, MOCKED_END } from "./mocks";
import { parseScanReference, whenFinished, type InputsOf, type ScanReference } from "./scan-reference";

export type { ScanStatus };

/**
 * Where a scan stands now.
 *
 * @throws CrashtestError `NOT_FOUND` where there is no such scan, and what the client throws
 */
export async function getScanStatus(args: ScanReference): Promise<ScanStatus> {
  const source = parseScanReference("getScanStatus", args);
  if (isMocked()) return askMocks("getScanStatus", { ...source }, { scanId: source.scanId, ...MOCKED_END });
  return retrieveScanStatus(programClient(), source);
}

/** As `getScanStatus`, for outputs: unknown in a preview in which the scan is not known yet. */
export function getScanStatusOutput(args: InputsOf<ScanReference>): pulumi.Output<ScanStatus> {
  return whenFinished(args, getScanStatus);
}

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
