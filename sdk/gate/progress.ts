import { counted } from "../../findings/counted";
import type { ScanState } from "../../provider/scan-state";

/** How far a wait has come. */
export interface Progress {
  scanId: string;
  /** What the service said last; undefined where it has not answered yet. */
  state: ScanState | undefined;
  elapsedMs: number;
  /** Status requests so far. */
  polls: number;
  /** Until the timeout. */
  remainingMs: number;
  /** Why the last request got no answer. */
  problem?: string | undefined;
  /** Whether a request is under way that nothing has come back to yet. */
  isUnanswered?: boolean;
}

/** One line for the gate's row: "scan 31 running, 3m 20s elapsed, 14 polls, 56m 40s left". */
export function formatProgress(progress: Progress): string {
  const { scanId, state, elapsedMs, polls, remainingMs, problem, isUnanswered = false } = progress;
  const parts = [
    `scan ${scanId} ${state ?? "not seen yet"}`,
    `${formatDuration(elapsedMs)} elapsed`,
    counted(polls, "poll"),
    `${formatDuration(remainingMs)} left`,
    ...(isUnanswered ? ["waiting for an answer"] : []),
  ];
  const line = parts.join(", ");
  return problem === undefined ? line : `${line}; the service does not answer, asking on: ${problem}`;
}

/** "45s", "3m 20s", "2h 5m". */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
