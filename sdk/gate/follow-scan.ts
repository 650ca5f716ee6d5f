import type { ScanEnd } from "../../findings/gate/evidence";
import type { ScanStatus } from "../../provider/client";
import { isUnderWay } from "../../provider/scan-state";
import { isFinal, problemOf, retryAfterMsOf } from "./failure";
import { nextPollInMs } from "./polling-plan";
import type { Progress } from "./progress";
import type { WaitEnd } from "./scheduler";

/** What following a scan works with; nothing of it is reached for. */
export interface FollowPorts {
  /** Undefined where the service has no such scan. */
  askStatus: () => Promise<ScanStatus | undefined>;
  wait: (delayMs: number) => Promise<WaitEnd>;
  nowMs: () => number;
  /** From 0 up to, and without, 1. */
  random: () => number;
  tell: (progress: Progress) => void;
}

export interface FollowLimits {
  scanId: string;
  timeoutSeconds: number;
  pollIntervalSeconds: number;
  /** Asks once and comes back with whatever state there is. */
  asksOnce: boolean;
}

/** How following came to its end, and what the service said last. */
export interface Followed {
  end: ScanEnd;
  status: ScanStatus | undefined;
}

/**
 * Asks for a scan's status until it has ended or the time is up, counted from the first request. A service that does not
 * answer for a while is asked on. Never rejects.
 */
export async function followScan(ports: FollowPorts, limits: FollowLimits): Promise<Followed> {
  const startMs = ports.nowMs();
  let status: ScanStatus | undefined;
  for (let polls = 1; ; polls += 1) {
    const answer = await ask(ports);
    if ("end" in answer) return { end: answer.end, status: answer.status ?? status };
    status = answer.status ?? status;
    const elapsedMs = ports.nowMs() - startMs;
    const remainingMs = limits.timeoutSeconds * 1_000 - elapsedMs;
    if (limits.asksOnce || remainingMs <= 0) return { end: endWithoutEnd(answer.problem, status, limits), status };
    ports.tell({ scanId: limits.scanId, state: status?.state, elapsedMs, polls, remainingMs, problem: answer.problem });
    const { pollIntervalSeconds } = limits;
    const { retryAfterMs } = answer;
    const delayMs = nextPollInMs({ elapsedMs, remainingMs, pollIntervalSeconds, retryAfterMs, random: ports.random() });
    if ((await ports.wait(delayMs)) === "stopped") return { end: ENGINE_GONE, status };
  }
}

const ENGINE_GONE: ScanEnd = { kind: "unreachable", problem: "the engine that runs this program is gone" };

/** One request's outcome: an end, or a status under way, or no answer for now. */
type Asked =
  | { end: ScanEnd; status?: ScanStatus }
  | { status?: ScanStatus; problem?: string | undefined; retryAfterMs?: number | undefined };

async function ask({ askStatus }: FollowPorts): Promise<Asked> {
  try {
    const status = await askStatus();
    if (status === undefined) return { end: { kind: "gone" } };
    if (isUnderWay(status.state)) return { status };
    const { scanId: _scanId, ...end } = status;
    return { end: { kind: "status", ...end }, status };
  } catch (error) {
    if (isFinal(error)) return { end: { kind: "unreachable", problem: problemOf(error) } };
    return { problem: problemOf(error), retryAfterMs: retryAfterMsOf(error) };
  }
}

/** A scan that was seen under way has timed out, also where the last request had no answer. */
function endWithoutEnd(problem: string | undefined, seen: ScanStatus | undefined, limits: FollowLimits): ScanEnd {
  const isUnseen = limits.asksOnce || seen === undefined;
  if (problem !== undefined && isUnseen) return { kind: "unreachable", problem };
  if (limits.asksOnce && seen !== undefined) return { kind: "status", state: seen.state, statusCode: seen.statusCode };
  return { kind: "timedOut", isStopped: false };
}
