import type { ScanEnd } from "../rules/verdict";
import type { SlowPolling } from "../../service/rules";
import { isUnderWay, type ScanStatus } from "../../service/scan-status";
import {
  GRACE_MS,
  type SendBounded,
  isFinal,
  isTooLate,
  problemOf,
  retryAfterMsOf,
  stillWaiting,
} from "./bounded-request";
import { type Progress, nextPollInMs } from "./polling";
import { INTERRUPTED, type WaitEnd } from "./scheduler";

/** What following a scan needs. */
export interface FollowPorts {
  /** Undefined if the service has no such scan. */
  askStatus: (signal: AbortSignal) => Promise<ScanStatus | undefined>;
  sendBounded: SendBounded;
  wait: (delayMs: number) => Promise<WaitEnd>;
  nowMs: () => number;
  /** From 0 to below 1. */
  random: () => number;
  tell: (progress: Progress) => void;
}

export interface FollowLimits {
  scanId: string;
  timeoutSeconds: number;
  pollIntervalSeconds: number;
  slowPolling?: SlowPolling | undefined;
  /** Asks once and returns whatever state there is. */
  asksOnce: boolean;
}

/** How the wait ended, and what the service said last. */
export interface Followed {
  end: ScanEnd;
  status: ScanStatus | undefined;
}

/**
 * Polls a scan's status until it has ended or the timeout, counted from the first request. A silent service is asked again. An
 * answer that comes more than a second after the timeout is too late. Never rejects.
 */
export async function followScan(ports: FollowPorts, limits: FollowLimits): Promise<Followed> {
  const { scanId, pollIntervalSeconds, slowPolling } = limits;
  const startMs = ports.nowMs();
  let status: ScanStatus | undefined;
  let problem: string | undefined;
  for (let polls = 1; ; polls += 1) {
    const progress = (): Progress => {
      const elapsedMs = ports.nowMs() - startMs;
      return { scanId, state: status?.state, elapsedMs, polls, remainingMs: limits.timeoutSeconds * 1_000 - elapsedMs };
    };
    const answer = await ask(ports, progress);
    if ("end" in answer) return { end: answer.end, status: answer.status ?? status };
    status = answer.status ?? status;
    const now = progress();
    // A request that the timeout cut off says less than the one before it.
    const isCut = now.remainingMs <= 0 && answer.problem !== undefined;
    problem = (isCut ? problem : undefined) ?? answer.problem;
    if (limits.asksOnce || now.remainingMs <= 0) return { end: endWithoutEnd(problem, status, limits), status };
    ports.tell({ ...now, problem });
    const { retryAfterMs } = answer;
    const delayMs = nextPollInMs({ ...now, pollIntervalSeconds, slowPolling, retryAfterMs, random: ports.random() });
    if ((await ports.wait(delayMs)) === "stopped") return { end: STOPPED, status };
  }
}

const STOPPED: ScanEnd = { kind: "unreachable", problem: INTERRUPTED };
const TOO_LATE = "the answer came after the timeout";

/** One request's outcome: an end, a status under way, or no answer for now. */
type Asked =
  | { end: ScanEnd; status?: ScanStatus }
  | { status?: ScanStatus; problem?: string | undefined; retryAfterMs?: number | undefined };

async function ask(ports: FollowPorts, progress: () => Progress): Promise<Asked> {
  try {
    const limitMs = progress().remainingMs + GRACE_MS;
    const status = await ports.sendBounded(limitMs, ports.askStatus, stillWaiting(progress, ports.tell));
    if (status === undefined) return { end: { kind: "gone" } };
    if (isUnderWay(status.state)) return { status };
    if (status.state === "finished" && isTooLate(progress())) return { status, problem: TOO_LATE };
    const { scanId: _scanId, ...end } = status;
    return { end: { kind: "status", ...end }, status };
  } catch (error) {
    if (isFinal(error)) return { end: { kind: "unreachable", problem: problemOf(error) } };
    return { problem: problemOf(error), retryAfterMs: retryAfterMsOf(error) };
  }
}

/** A scan that was seen under way has timed out, even if the last request had no answer. */
function endWithoutEnd(problem: string | undefined, seen: ScanStatus | undefined, limits: FollowLimits): ScanEnd {
  const isUnseen = limits.asksOnce || seen === undefined;
  if (problem !== undefined && isUnseen) return { kind: "unreachable", problem };
  if (limits.asksOnce && seen !== undefined) {
    return { kind: "status", state: seen.state, statusCode: seen.statusCode };
  }
  return { kind: "timedOut", isStopped: false };
}
