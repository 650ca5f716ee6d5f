/** What the wait until the next status request depends on. */
export interface PollingMoment {
  /** Since this run's first status request, in milliseconds. */
  elapsedMs: number;
  /** Until the timeout, in milliseconds. */
  remainingMs: number;
  /** The longest pause that is wanted, in seconds; only the service's own wish makes it longer. */
  pollIntervalSeconds: number;
  /** The pause that the service asked for, in milliseconds; left out where it did not. */
  retryAfterMs?: number | undefined;
  /** From 0 up to, and without, 1: spreads the requests of gates that began together. */
  random: number;
}

const FIRST_PAUSE_MS = 2_000;
/** So a scan's end is noticed after a tenth of its length at most, with few requests for a long one. */
const SHARE_OF_ELAPSED = 0.1;
const LARGEST_CUT = 0.1;

/**
 * How long to wait until the next status request, in milliseconds: above 0 until the timeout, and 0 from then on. No wait
 * goes past the timeout, whatever the service asks for, so that the last request comes at that very time. What then is left
 * before it may be short, but only once: the wait after it takes all of it.
 */
export function nextPollInMs(moment: PollingMoment): number {
  const { elapsedMs, remainingMs, pollIntervalSeconds, retryAfterMs = 0, random } = moment;
  const pauseMs = Math.min(pollIntervalSeconds * 1_000, FIRST_PAUSE_MS + SHARE_OF_ELAPSED * Math.max(0, elapsedMs));
  const spreadMs = pauseMs * (1 - LARGEST_CUT * random);
  return Math.max(0, Math.min(remainingMs, Math.max(spreadMs, retryAfterMs)));
}
