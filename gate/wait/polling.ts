import { counted } from "../../errors/plain-text";
import type { SlowPolling } from "../../service/rules";
import type { ScanState } from "../../service/scan-status";

/** What the wait until the next status request depends on. */
export interface PollingMoment {
  /** Since this run's first status request, in milliseconds. */
  elapsedMs: number;
  /** Until the timeout, in milliseconds. */
  remainingMs: number;
  /** The longest pause, in seconds, unless the service asks for a longer one. */
  pollIntervalSeconds: number;
  /** What the service asks of everybody for long scans. @default nothing */
  slowPolling?: SlowPolling | undefined;
  /** The pause that the service asked for, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** From 0 to below 1: spreads the requests of gates that began together. */
  random: number;
}

const FIRST_PAUSE_MS = 2_000;
/** A scan's end is noticed after a tenth of its length at most, with few requests for a long one. */
const SHARE_OF_ELAPSED = 0.1;
const LARGEST_CUT = 0.1;

/**
 * Returns the pause until the next status request, in milliseconds: above 0 until the timeout, and 0 from then on. No pause
 * goes past the timeout, whatever the service asks for, so that the last request is sent exactly then.
 *
 * A service's wish for slow polling wins over shorter pauses from its time on.
 */
export function nextPollInMs(moment: PollingMoment): number {
  const { elapsedMs, remainingMs, pollIntervalSeconds, slowPolling, retryAfterMs = 0, random } = moment;
  const pauseMs = Math.min(pollIntervalSeconds * 1_000, FIRST_PAUSE_MS + SHARE_OF_ELAPSED * Math.max(0, elapsedMs));
  const spreadMs = pauseMs * (1 - LARGEST_CUT * random);
  const isSlow = slowPolling !== undefined && elapsedMs >= slowPolling.afterSeconds * 1_000;
  const leastMs = isSlow ? slowPolling.pauseSeconds * 1_000 : 0;
  return Math.max(0, Math.min(remainingMs, Math.max(spreadMs, leastMs, retryAfterMs)));
}

/** How far a wait has come. */
export interface Progress {
  scanId: string;
  /** What the service said last; undefined before its first answer. */
  state: ScanState | undefined;
  elapsedMs: number;
  /** Status requests so far. */
  polls: number;
  /** Until the timeout. */
  remainingMs: number;
  /** Why the last request got no answer. */
  problem?: string | undefined;
  /** Whether a request is waiting for its answer. */
  isUnanswered?: boolean;
}

/** Formats one line for the gate's row: "scan 31 running, 3m 20s elapsed, 14 polls, 56m 40s left". */
export function formatProgress(progress: Progress): string {
  const { scanId, state, elapsedMs, polls, remainingMs, problem, isUnanswered = false } = progress;
  const line = `scan ${scanId} ${state ?? "not seen yet"}, ${formatDuration(elapsedMs)} elapsed, ${counted(polls, "poll")}, ${formatDuration(remainingMs)} left`;
  if (problem !== undefined) return `${line}; the service does not answer, retrying: ${problem}`;
  return isUnanswered ? `${line}, waiting for an answer` : line;
}

/** Formats a duration: "45s", "3m 20s", "2h 5m". */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
