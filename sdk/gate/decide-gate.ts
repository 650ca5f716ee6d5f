import { examine, settingsProblems } from "../../findings/gate/decide-verdict";
import type { GatedScan, ScanEnd } from "../../findings/gate/evidence";
import { answerQuestion, type FindingsQuestion } from "../../findings/gate/findings-question";
import { isJoinedInVain } from "../../findings/gate/scan-end";
import {
  isKeptInState,
  resolveGateSettings,
  type GateSettings,
  type ResolvedGateSettings,
} from "../../findings/gate/settings";
import type { Judgement } from "../../findings/gate/verdict";
import type { ScanStatus } from "../../provider/client";
import { isUnderWay } from "../../provider/scan-state";
import { GRACE_MS, SAY_NOTHING } from "./bounded-request";
import { collectReports, type ReportPorts } from "./collect-reports";
import { problemOf } from "./failure";
import { followScan, type FollowPorts } from "./follow-scan";

/** What a gate is to decide. */
export interface GateRequest {
  scan: Omit<GatedScan, "end">;
  settings: GateSettings;
  /** What kept settings from being read at all. */
  settingsProblems?: readonly string[];
  /** The fingerprints of a baseline that is a file. */
  baseline?: readonly string[] | undefined;
  /** A preview waits for nothing: it decides about a scan that has ended, and leaves others open. */
  isPreview: boolean;
}

export interface GatePorts extends FollowPorts, ReportPorts {
  stopScan: (signal: AbortSignal) => Promise<unknown>;
  now: () => Date;
}

/** A verdict; or the question that whoever knows the state has to answer; or, in a preview, that it takes a wait. */
export type GateDecision =
  | (Judgement & { kind: "decided"; status: ScanStatus | undefined; question?: FindingsQuestion })
  | { kind: "asked"; status: ScanStatus | undefined; question: FindingsQuestion; warnings: readonly string[] }
  | { kind: "pending"; status: ScanStatus | undefined; problem?: string };

/** Waits for a scan and decides. Never rejects: whatever goes wrong closes the gate. */
export async function decideGate(request: GateRequest, ports: GatePorts): Promise<GateDecision> {
  const { scan, settings, settingsProblems: unread = [], baseline } = request;
  const conclude = (end: ScanEnd, status?: ScanStatus, reports = {}): GateDecision => {
    const evidence = { scan: { ...scan, end }, settingsProblems: unread, baseline, now: ports.now(), ...reports };
    const examined = examine(settings, evidence);
    if ("verdict" in examined) return { kind: "decided", status, ...examined };
    /** A program cannot see what the last deployment left. */
    if (isKeptInState(settings.baseline)) return { kind: "asked", status, ...examined };
    return { kind: "decided", status, ...examined, verdict: answerQuestion(examined.question, baseline) };
  };
  if (unread.length + settingsProblems(settings, scan).length > 0) return conclude({ kind: "gone" });

  const resolved = resolveGateSettings(settings, scan.transport).settings;
  const isInVain = isJoinedInVain(scan.startedBy, resolved.acceptJoined);
  const asksOnce = request.isPreview || isInVain;
  const endMs = ports.nowMs() + resolved.timeoutSeconds * 1_000;
  const { end, status } = await followScan(ports, { ...resolved, scanId: scan.scanId, asksOnce });
  if (request.isPreview && !isInVain && isPending(end)) return pending(end, status);
  if (end.kind === "timedOut") return conclude(await afterTimeout(resolved, endMs, ports), status);
  /** For a scan that closes the gate in any case no report is read. */
  if (isInVain || end.kind !== "status" || end.state !== "finished") return conclude(end, status);
  const asked = { ...scan, remainingMs: endMs - ports.nowMs(), asksOn: !request.isPreview };
  return conclude(end, status, await collectReports(asked, ports));
}

/** A service that does not answer a preview may answer the deployment. */
const isPending = (end: ScanEnd): boolean =>
  end.kind === "unreachable" || (end.kind === "status" && isUnderWay(end.state));

const pending = (end: ScanEnd, status: ScanStatus | undefined): GateDecision =>
  end.kind === "unreachable" ? { kind: "pending", status, problem: end.problem } : { kind: "pending", status };

async function afterTimeout({ onTimeout }: ResolvedGateSettings, endMs: number, ports: GatePorts): Promise<ScanEnd> {
  if (onTimeout === "fail") return { kind: "timedOut", isStopped: false };
  try {
    /** Beyond what the last status request had. */
    await ports.sendBounded(endMs + 2 * GRACE_MS - ports.nowMs(), ports.stopScan, SAY_NOTHING);
    return { kind: "timedOut", isStopped: true };
  } catch (error) {
    return { kind: "timedOut", isStopped: false, problem: problemOf(error) };
  }
}
