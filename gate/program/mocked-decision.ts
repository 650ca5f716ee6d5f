import { judge } from "../rules/decide-verdict";
import type { GatedScan, Verdict } from "../rules/verdict";
import type { GateSettings } from "../rules/settings";
import { countFindings } from "../../findings/severity";
import { MOCKED_END } from "../../program/mocks";
import type { GateDecision } from "../wait/decide-gate";

/**
 * Decides under mocks, without a service, as about a scan that finished and found nothing. So the gate is open unless its
 * settings are invalid, or refuse such a scan.
 */
export function mockedDecision(scan: Omit<GatedScan, "end">, settings: GateSettings): GateDecision {
  const judgement = judge(settings, {
    scan: { ...scan, end: { kind: "status", ...MOCKED_END } },
    findings: { findings: [], scanners: { ran: ["mocked"].concat(settings.requiredScanners ?? []) } },
    scannerErrors: [],
    baseline: [],
    now: new Date(0),
  });
  return { kind: "decided", ...judgement, status: { scanId: scan.scanId, ...MOCKED_END } };
}

/**
 * Returns the verdict that mocks give for a gate's child. They can close a gate, but not open one that its settings close.
 *
 * @param byDefault applies to what the mocks leave out, or leave unchanged
 */
export function mockedVerdict(byDefault: Verdict, given: Partial<Verdict> = {}): Verdict {
  if (!byDefault.passed) return byDefault;
  const before: Partial<Record<string, unknown>> = { ...byDefault };
  const said: Partial<Verdict> = Object.fromEntries(Object.entries(given).filter(([name, it]) => it !== before[name]));
  const findingCounts = { ...countFindings([]), ...given.findingCounts };
  const closed = { reason: "findings", message: "gate closed (findings): by the mocks of a test" } as const;
  return { ...byDefault, ...(said.passed === false && closed), ...said, findingCounts };
}
