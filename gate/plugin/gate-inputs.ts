import { CrashtestError } from "../../errors/errors";
import { TYPE_MODULE } from "../../provider/dynamic/provider-text";
import { UNKNOWN, type Values, hasUnknown } from "../../provider/lifecycle/lifecycle";
import { ResourceReference, hasSecret, plainValues } from "../../provider/wire/properties";
import { parseUrn } from "../../provider/wire/urn";
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
    target: targetOf(scan, scanIdFrom.find(isAnyScan), { projectId, scanId }),
    // The rules of a gate check them, whatever they are.
    settings: hasUnknown(settings) ? UNKNOWN : settings,
    keepsBaseline: baseline === UNKNOWN ? UNKNOWN : typeof baseline === "string" ? true : undefined,
    isSecret: hasSecret(sent),
  };
}

const SCAN_TYPE = "crashtest:index:Scan";

const isScan = (urn: string): boolean => parseUrn(urn).type === SCAN_TYPE;

/** Also one of the TypeScript package. */
const isAnyScan = (urn: string): boolean => [SCAN_TYPE, `${TYPE_MODULE}:Scan`].includes(parseUrn(urn).type);

/** @param idFrom the scan that the IDs come from */
function targetOf(
  scan: unknown,
  idFrom: string | undefined,
  ids: { projectId: unknown; scanId: unknown },
): GateInputs["target"] {
  if (scan === undefined && idFrom !== undefined) return { scanUrn: idFrom };
  if (scan === undefined) return [ids.projectId, ids.scanId].includes(UNKNOWN) ? UNKNOWN : ids;
  if (scan === UNKNOWN) return UNKNOWN;
  if (scan instanceof ResourceReference && isScan(scan.urn)) return { scanUrn: scan.urn };
  throw new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: "ScanGate: scan must be a resource of type crashtest:index:Scan",
    remedy: "For a scan that is no resource of this program, set projectId and scanId.",
  });
}
