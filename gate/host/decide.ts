import type { FindingCounts } from "../../findings/severity";
import type { ScanStatus } from "../../service/scan-status";
import type { ScanAddress, ServiceIdentity } from "../../service/service";
import type { AcceptedFinding } from "../rules/accepted-finding";
import type { GateSettings } from "../rules/settings";
import { type GateDecision, type GatePorts, decideGate } from "../wait/decide-gate";
import type { GateRow } from "./ports";
import { type RedactedDecision, redactedDecision } from "./redacted-decision";
import { loadAccepted, loadBaseline } from "./setting-files";
import type { GateTarget } from "./target";

/** What was decided for a gate, as far as that is possible without the state. Flat, since the SDK walks through outputs. */
export interface HostDecision extends RedactedDecision {
  scanId: string;
  /** Undefined if no report could be read. */
  findingCounts: FindingCounts | undefined;
  isAdvisory: boolean;
  status: ScanStatus | undefined;
  projectId: string | undefined;
  /** The service that issued the IDs; undefined if unknown. */
  service: ServiceIdentity | undefined;
}

/** A gate's settings as its user gives them, with the list of accepted findings or its file. */
export type GivenSettings = Omit<GateSettings, "accept"> & { accept?: readonly AcceptedFinding[] | string | undefined };

/** Who waits for a gate: a program, or the plugin. */
export interface GateHost {
  isPreview: boolean;
  row: Pick<GateRow, "say">;
  ports: (source: ScanAddress) => GatePorts;
  /** The secrets among the settings, which no text may contain. */
  secrets: () => readonly (string | undefined)[];
}

/**
 * Waits and decides. Never rejects: every failure closes the gate.
 *
 * @returns undefined in a preview that would have to wait
 */
export async function decide(
  target: GateTarget,
  given: GivenSettings,
  host: GateHost,
): Promise<HostDecision | undefined> {
  const file = await loadBaseline(given.baseline);
  const accepted = await loadAccepted(given.accept);
  const decision = await decideGate(
    {
      scan: target.scan,
      settings: { ...given, accept: accepted.value },
      settingsProblems: [...accepted.problems, ...file.problems],
      baseline: file.value,
      isPreview: host.isPreview,
    },
    host.ports(target.source),
  );
  if (decision.kind === "pending") {
    const { problem, status } = decision;
    const what = problem ?? `scan ${status?.scanId ?? ""} is ${status?.state ?? "not seen yet"}`;
    host.row.say("info", `the gate will wait for the scan's end, and then decide: ${what}`);
    return undefined;
  }
  return hostDecision(target, decision, { given, baseline: file.value, secrets: host.secrets() });
}

/** Returns what of a decision leaves the gate, without secrets. */
export function hostDecision(
  { source, scan }: GateTarget,
  decision: Exclude<GateDecision, { kind: "pending" }>,
  {
    given,
    baseline,
    secrets,
  }: {
    given: GivenSettings;
    baseline?: readonly string[] | undefined;
    secrets: readonly (string | undefined)[];
  },
): HostDecision {
  const webhook = "webhook" in source ? source.webhook : undefined;
  return {
    ...redactedDecision(decision, baseline, [...secrets, webhook]),
    scanId: scan.scanId,
    findingCounts: (decision.kind === "asked" ? decision.question : decision.verdict).findingCounts,
    isAdvisory: given.advisory === true,
    status: decision.status,
    projectId: scan.projectId,
    service: source.owner,
  };
}

/** Says in a preview that the gate cannot decide yet, since its scan is yet to be started. */
export function announceWait(row: Pick<GateRow, "say">): void {
  row.say("info", "the gate will wait for the scan that the deployment starts, and then decide");
}
