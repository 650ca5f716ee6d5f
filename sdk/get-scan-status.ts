import type * as pulumi from "@pulumi/pulumi";
import type { ScanStatus } from "../provider/client";
import { programClient } from "./client";
import { askMocks, isMocked, MOCKED_END } from "./mocks";
import { retrieveScanStatus } from "./retrieve-scan-status";
import { parseScanReference, type InputsOf, type ScanReference } from "./scan-reference";
import { whenFinished } from "./when-finished";

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
