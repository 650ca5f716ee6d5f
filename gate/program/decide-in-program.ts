import { isPromise } from "node:util/types";
import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "../../findings/json-fields";
import { isMocked, MOCKED_END } from "../../program/mocks";
import { isKnown } from "../../program/outputs";
import { programSecrets } from "../../program/settings";
import type { ScanCoverage } from "../../service/scan-status";
import { type GivenSettings, type HostDecision, announceWait, decide, hostDecision } from "../host/decide";
import { runKind } from "../host/run-kind";
import type { GateTarget } from "../host/target";
import { judge } from "../rules/decide-verdict";
import type { GateSettings } from "../rules/settings";
import type { GatedScan } from "../rules/verdict";
import type { GateDecision } from "../wait/decide-gate";
import { programPorts, programRow } from "./program-ports";

/**
 * Waits and decides, as an output of the program: unknown in a preview that would need to wait, and in a run that only takes
 * resources down. Under mocks no service is asked, and no file is read.
 */
export function decideInProgram(
  gate: pulumi.Resource,
  target: pulumi.Output<GateTarget>,
  settings: pulumi.Inputs,
): pulumi.Output<HostDecision> {
  const given = pulumi.output(visibleSettings(settings)) as pulumi.Output<GivenSettings>;
  const isUnderMocks = isMocked();
  const isPreview = pulumi.runtime.isDryRun();
  const row = programRow(gate);
  // The engine reports a scan that cannot be registered.
  if (isPreview && !isUnderMocks) void announceUnknown(row, target).catch(() => undefined);
  return pulumi.all([target, given]).apply(async ([asked, values]): Promise<HostDecision> => {
    if (isUnderMocks) return decideUnderMocks(asked, values);
    if (runKind() === "takeDown") return pulumi.unknown as HostDecision;
    const ports = (source: GateTarget["source"]) => programPorts(source, gate);
    const decision = await decide(asked, values, { isPreview, row, ports, secrets: programSecrets });
    return decision ?? (pulumi.unknown as HostDecision);
  });
}

/** Names a `Map` and the like, which no setting takes: the SDK's outputs make an empty object of it, as if there were no limit. */
function visibleSettings(settings: pulumi.Inputs): pulumi.Inputs {
  const visible = (value: unknown): unknown => {
    if (pulumi.Output.isInstance(value)) return value.apply(visible);
    if (isPromise(value)) return value.then(visible);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && !isPlainObject(value) ? Object.prototype.toString.call(value) : value;
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, visible(value)]));
}

async function announceUnknown(
  row: Parameters<typeof announceWait>[0],
  target: pulumi.Output<GateTarget>,
): Promise<void> {
  if (!(await isKnown(target))) announceWait(row);
}

/** As much as the settings require; they may be invalid. */
function mockedCoverage({ minCoverage }: GateSettings): ScanCoverage | undefined {
  if (minCoverage === undefined) return undefined;
  const { pages = 1, operations = 0 } = minCoverage;
  return { pages, forms: 0, parameters: 1, operations: { tested: operations, specified: operations } };
}

/** A file of accepted findings is not read. */
function decideUnderMocks(target: GateTarget, given: GivenSettings): HostDecision {
  const settings = { ...given, accept: typeof given.accept === "string" ? undefined : given.accept };
  return hostDecision(target, mockedDecision(target.scan, settings), { given, secrets: programSecrets() });
}

/**
 * Decides under mocks, without a service, as about a scan that finished and found nothing. So the gate is open unless its
 * settings are invalid, or refuse such a scan.
 */
function mockedDecision(
  scan: Omit<GatedScan, "end">,
  settings: GateSettings,
): Extract<GateDecision, { kind: "decided" }> {
  const judgement = judge(settings, {
    scan: {
      ...scan,
      end: { kind: "status", ...MOCKED_END, isLoginConfirmed: true, coverage: mockedCoverage(settings) },
    },
    findings: { findings: [], scanners: { ran: ["mocked"].concat(settings.requiredScanners ?? []) } },
    scannerErrors: [],
    baseline: [],
    now: new Date(0),
  });
  return { kind: "decided", ...judgement, status: { scanId: scan.scanId, ...MOCKED_END } };
}
