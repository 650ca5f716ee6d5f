import { UNKNOWN, type Values } from "../../provider/lifecycle/lifecycle";
import type { ScanResourceState } from "../../provider/lifecycle/scan";
import { hasSecret, plainValues } from "../../provider/wire/properties";
import type { ServiceRules } from "../../service/rules";
import type { ScanReference } from "../../service/scan-reference";
import type { ScanningService } from "../../service/service";
import { type GateTarget, targetOfIds, targetOfScan } from "../host/target";
import type { GateCall } from "./gate-call";
import type { GateInputs } from "./gate-inputs";
import type { GateMonitor } from "./monitor";

/**
 * Returns the scan that a gate is about; undefined if this run does not know it: a preview before its first start, or a scan
 * that could not be deployed.
 *
 * A scan that this process has not checked is not the one that the run asks for: the command left it out, or it belongs to
 * another provider instance. The engine still knows its earlier IDs.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` for an invalid ID
 */
export async function gateTarget(
  target: GateInputs["target"],
  { service, scans }: { service: Pick<ScanningService, "rules"> } & Pick<GateCall, "scans">,
  monitor: Pick<GateMonitor, "readResource">,
): Promise<GateTarget | undefined> {
  if (target === UNKNOWN) return undefined;
  if (!("scanUrn" in target)) return targetOfIds(target as ScanReference, service.rules);
  const { scanUrn } = target;
  const checked = scans.get(scanUrn);
  if (checked !== undefined) return targetIn(checked.state, scanUrn, service.rules, true);
  const earlier = await monitor.readResource(scanUrn).catch(() => undefined);
  return targetIn(earlier && plainValues(earlier), scanUrn, service.rules, "unseen");
}

/** Whether the ID of the scan's project is a secret, which a reference to the scan does not tell. */
export const hasSecretProject = (target: GateInputs["target"], scans: GateCall["scans"]): boolean =>
  target !== UNKNOWN && "scanUrn" in target && hasSecret(scans.get(target.scanUrn)?.inputs["projectId"]);

function targetIn(
  state: Values | undefined,
  urn: string,
  rules: ServiceRules,
  isOfThisRun: true | "unseen",
): GateTarget | undefined {
  if (!isScanState(state)) return undefined;
  const { projectId, webhook, scanId, joined, isFoundAfterLostStart, loginKinds, service } = state;
  const reference = { ...(webhook === undefined ? { projectId } : { webhook }), scanId } as ScanReference;
  const facts = { reference, urn, isOfThisRun, joined, isFoundAfterLostStart, loginKinds, owner: service };
  return targetOfScan(facts, rules);
}

/** In a preview the ID of a scan that is yet to be started is unknown. */
const isScanState = (state: Values | undefined): state is Values & ScanResourceState =>
  typeof state?.["scanId"] === "string" && !Object.values(state).includes(UNKNOWN);
