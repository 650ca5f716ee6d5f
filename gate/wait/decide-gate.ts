import { examine, settingsProblems } from "../rules/decide-verdict";
import { isRefusedAsJoined } from "../rules/scan-end";
import type { GatedScan, Judgement, ScanEnd } from "../rules/verdict";
import { answerQuestion, type FindingsQuestion } from "../rules/findings-question";
import { isKeptInState, resolveGateSettings, type GateSettings, type ResolvedGateSettings } from "../rules/settings";
import { isUnderWay, type ScanStatus } from "../../service/scan-status";
import { GRACE_MS, problemOf } from "./bounded-request";
import { collectReports, type ReportPorts } from "./collect-reports";
import { followScan, type FollowPorts } from "./follow-scan";

/** What a gate is to decide. */
export interface GateRequest {
  scan: Omit<GatedScan, "end">;
  settings: GateSettings;
  /** Why settings could not be read. */
  settingsProblems?: readonly string[];
  /** The fingerprints of a baseline that is a file. */
  baseline?: readonly string[] | undefined;
  /** A preview does not wait: it decides about a scan that has ended, and leaves others pending. */
  isPreview: boolean;
}

export interface GatePorts extends FollowPorts, ReportPorts {
  stopScan: (signal: AbortSignal) => Promise<unknown>;
  now: () => Date;
}

/** A verdict; or the question that only the state answers; or, in a preview, that the scan must be waited for. */
export type GateDecision =
  | (Judgement & { kind: "decided"; status: ScanStatus | undefined; question?: FindingsQuestion })
  | { kind: "asked"; status: ScanStatus | undefined; question: FindingsQuestion; warnings: readonly string[] }
  | { kind: "pending"; status: ScanStatus | undefined; problem?: string };

/** Waits for a scan and decides. Never rejects: every failure closes the gate. */
export async function decideGate(request: GateRequest, ports: GatePorts): Promise<GateDecision> {
  const { scan, settings, settingsProblems: unread = [], baseline } = request;
  const conclude = (end: ScanEnd, status?: ScanStatus, reports = {}): GateDecision => {
    const evidence = { scan: { ...scan, end }, settingsProblems: unread, baseline, now: ports.now(), ...reports };
    const examined = examine(settings, evidence);
    if ("verdict" in examined) return { kind: "decided", status, ...examined };
    // A program cannot see the state.
    if (isKeptInState(settings.baseline)) return { kind: "asked", status, ...examined };
    return { kind: "decided", status, ...examined, verdict: answerQuestion(examined.question, baseline) };
  };
  const isHopeless = unread.length + settingsProblems(settings, scan).length > 0 || scan.startedBy === "unseen";
  if (isHopeless) return conclude({ kind: "gone" });

  const resolved = resolveGateSettings(settings, scan.abilities).settings;
  const isRefused = isRefusedAsJoined(scan.startedBy, resolved.acceptJoined);
  const asksOnce = request.isPreview || isRefused;
  const endMs = ports.nowMs() + resolved.timeoutSeconds * 1_000;
  const { slowPolling } = scan.abilities;
  const { end, status } = await followScan(ports, { ...resolved, scanId: scan.scanId, asksOnce, slowPolling });
  if (request.isPreview && !isRefused) {
    // A service that does not answer a preview may answer the deployment.
    if (end.kind === "unreachable") return { kind: "pending", status, problem: end.problem };
    if (end.kind === "status" && isUnderWay(end.state)) return { kind: "pending", status };
  }
  if (end.kind === "timedOut") return conclude(await afterTimeout(resolved, endMs, ports), status);
  // The reports of a refused scan are not read.
  if (isRefused || end.kind !== "status" || end.state !== "finished") return conclude(end, status);
  const asked = { ...scan, remainingMs: endMs - ports.nowMs(), asksOn: !request.isPreview };
  return conclude(end, status, await collectReports(asked, ports));
}

async function afterTimeout({ onTimeout }: ResolvedGateSettings, endMs: number, ports: GatePorts): Promise<ScanEnd> {
  if (onTimeout === "fail") return { kind: "timedOut", isStopped: false };
  try {
    await ports.sendBounded(endMs + 2 * GRACE_MS - ports.nowMs(), ports.stopScan);
    return { kind: "timedOut", isStopped: true };
  } catch (error) {
    return { kind: "timedOut", isStopped: false, problem: problemOf(error) };
  }
}
