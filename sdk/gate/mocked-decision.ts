import { judge } from "../../findings/gate/decide-verdict";
import type { GatedScan } from "../../findings/gate/evidence";
import type { GateSettings } from "../../findings/gate/settings";
import type { Verdict } from "../../findings/gate/verdict";
import { countFindings } from "../../findings/severity";
import { MOCKED_END } from "../mocks";
import type { GateDecision } from "./decide-gate";

/**
 * What a gate decides under mocks, where nobody scans: as about a scan that ended well and found nothing. So it is open
 * unless its settings cannot be used, or say that such a scan does not count.
 */
export function mockedDecision(scan: Omit<GatedScan, "end">, settings: GateSettings): GateDecision {
  const { requiredScanners } = settings;
  const judgement = judge(settings, {
    scan: { ...scan, end: { kind: "status", ...MOCKED_END } },
    findings: { findings: [], scanners: { ran: ["mocked"].concat(requiredScanners ?? []) } },
    scannerErrors: [],
    baseline: [],
    now: new Date(0),
  });
  return { kind: "decided", ...judgement, status: { scanId: scan.scanId, ...MOCKED_END } };
}

/** Of a verdict that mocks close, and do not say more of. */
const CLOSED = { reason: "findings", message: "gate closed (findings): by the mocks of a test" } as const;

/**
 * The verdict that mocks give for a gate's child. They can close a gate, and open none that its settings close.
 *
 * @param byDefault what counts for all that they leave out, or leave as it is
 */
export function mockedVerdict(byDefault: Verdict, given: Partial<Verdict> = {}): Verdict {
  if (!byDefault.passed) return byDefault;
  const before: Partial<Record<string, unknown>> = { ...byDefault };
  const said: Partial<Verdict> = Object.fromEntries(Object.entries(given).filter(([name, it]) => it !== before[name]));
  const findingCounts = { ...countFindings([]), ...given.findingCounts };
  return { ...byDefault, ...(said.passed === false && CLOSED), ...said, findingCounts };
}
