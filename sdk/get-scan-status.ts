import type * as pulumi from "@pulumi/pulumi";
import { retrieveScanStatus } from "../report-files/report-content";
import type { ScanStatus } from "../service/scan-status";
import { programRules, programService } from "../program/service";
import { askMocks, isMocked, MOCKED_END } from "../program/mocks";
import { type InputsOf, whenFinished } from "../program/outputs";
import { parseScanReference, type ScanReference } from "../service/scan-reference";

export type { ScanStatus };

/**
 * Returns the current status of a scan.
 *
 * @throws CrashtestError `NOT_FOUND` if there is no such scan, and the client's other errors
 */
export async function getScanStatus(args: ScanReference): Promise<ScanStatus> {
  const source = parseScanReference("getScanStatus", args, programRules());
  if (isMocked()) return askMocks("getScanStatus", { ...source }, { scanId: source.scanId, ...MOCKED_END });
  return retrieveScanStatus(programService(), source);
}

/** As `getScanStatus`, for outputs: unknown in a preview in which the scan is not known yet. */
export function getScanStatusOutput(args: InputsOf<ScanReference>): pulumi.Output<ScanStatus> {
  return whenFinished(args, getScanStatus);
}
