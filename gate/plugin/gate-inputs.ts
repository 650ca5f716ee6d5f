import { CrashtestError } from "../../errors/errors";
import { UNKNOWN, type Values, hasUnknown } from "../../provider/lifecycle/lifecycle";
import { ResourceReference, hasSecret, plainValues } from "../../provider/wire/properties";
import type { GivenSettings } from "../host/decide";
import { requireOneTarget } from "../host/target";

/** What the program says of a gate. */
export interface GateInputs {
  /** The scan of the program, by URN, or the IDs of one; `UNKNOWN` in a preview that does not know them. */
  target: { scanUrn: string } | { projectId: unknown; scanId: unknown } | typeof UNKNOWN;
  /** As they are given, to be checked with the scan's abilities. `UNKNOWN` if one of them, or a part of it, is unknown. */
  settings: GivenSettings | typeof UNKNOWN;
  /** Whether the state keeps a baseline for the gate; undefined if it does not. */
  keepsBaseline: true | undefined | typeof UNKNOWN;
  isAdvisory: boolean;
  /** Whether one of the inputs is a secret, so that what is decided with it is one. */
  isSecret: boolean;
}

/**
 * Reads the inputs of a gate as the engine sent them, decoded. IDs that come from a scan of the program stand for that scan: the
 * engine has its earlier ones even if the command left it out.
 *
 * @param scanIdFrom the URNs of the resources that `scanId` comes from
 * @throws CrashtestError `ARGUMENT_INVALID` for inputs that name no scan, or two, and for a scan that is no resource
 */
export function readGateInputs(sent: Values, scanIdFrom: readonly string[]): GateInputs {
  const given = Object.fromEntries(Object.entries(plainValues(sent)).filter(([, value]) => value !== null));
  const { scan, projectId, scanId, ...settings } = given;
  requireOneTarget({ scan, projectId, scanId });
  const { baseline } = settings;
  return {
    target: targetOf(scan ?? referenceTo(scanIdFrom.find(isScan)), { projectId, scanId }),
    // The rules of a gate check them, whatever they are.
    settings: hasUnknown(settings) ? UNKNOWN : settings,
    keepsBaseline: baseline === UNKNOWN ? UNKNOWN : typeof baseline === "string" ? true : undefined,
    isAdvisory: settings["advisory"] === true,
    isSecret: hasSecret(sent),
  };
}

/** Whether a resource is a scan, whatever its parents are. */
const isScan = (urn: string): boolean => /[$:]crashtest:index:Scan::/.test(urn);

const referenceTo = (urn: string | undefined): ResourceReference | undefined =>
  urn === undefined ? undefined : new ResourceReference(urn);

function targetOf(scan: unknown, ids: { projectId: unknown; scanId: unknown }): GateInputs["target"] {
  if (scan === undefined) return [ids.projectId, ids.scanId].includes(UNKNOWN) ? UNKNOWN : ids;
  if (scan === UNKNOWN) return UNKNOWN;
  if (scan instanceof ResourceReference && isScan(scan.urn)) return { scanUrn: scan.urn };
  throw new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: "ScanGate: scan must be a resource of type crashtest:index:Scan",
    remedy: "For a scan that is no resource of this program, set projectId and scanId.",
  });
}
