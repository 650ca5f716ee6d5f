import { nextPollInMs } from "../../gate/wait/polling";

/** A scan that was followed to its end, in simulated time: requests take no time. */
export interface Following {
  /** Status requests, including the first and the one that saw the end. */
  polls: number;
  /** From the scan's end until a request saw it. */
  delayMs: number;
}

/** Returns how long to wait after a request, by the time since the first. */
export type PlanWait = (elapsedMs: number) => number;

/** The results of one plan over many scans of about one length. */
export interface PollingFigures {
  meanPolls: number;
  mostPolls: number;
  meanDelayMs: number;
  worstDelayMs: number;
}

/** Both plans at one length of scans. */
export interface PollingResult {
  name: string;
  plan: PollingFigures;
  fixed: PollingFigures;
}

export const SCAN_LENGTHS = [
  { name: "10 s", lengthMs: 10_000 },
  { name: "5 min", lengthMs: 300_000 },
  { name: "1 h", lengthMs: 3_600_000 },
  { name: "6 h", lengthMs: 21_600_000 },
] as const;

export const SCANS_PER_LENGTH = 1_000;
const MINUTE_MS = 60_000;
const POLL_INTERVAL_SECONDS = 120;
const SEED = 5;

/** Polls from time 0 until the scan has ended. */
export function follow(endMs: number, waitMs: PlanWait): Following {
  let elapsedMs = 0;
  let polls = 1;
  while (elapsedMs < endMs) {
    elapsedMs += waitMs(elapsedMs);
    polls += 1;
  }
  return { polls, delayMs: elapsedMs - endMs };
}

/**
 * Returns end times of scans, spread evenly over the last minute of their length, so that they hit every phase of a plan; of short
 * scans over the last fifth.
 */
export function endsOf(lengthMs: number, count: number): number[] {
  const spreadMs = Math.min(MINUTE_MS, lengthMs / 5);
  return Array.from({ length: count }, (_, index) => lengthMs - (spreadMs * index) / count);
}

/** Creates a random sequence that is the same in each run: a linear congruential generator modulo 2^32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Compares the gate's own plan with a poll every minute, over the same scans. */
export function comparePolling(count = SCANS_PER_LENGTH): PollingResult[] {
  const random = seededRandom(SEED);
  const planWait: PlanWait = (elapsedMs) =>
    nextPollInMs({
      elapsedMs,
      remainingMs: Number.POSITIVE_INFINITY,
      pollIntervalSeconds: POLL_INTERVAL_SECONDS,
      random: random(),
    });
  return SCAN_LENGTHS.map(({ name, lengthMs }) => {
    const ends = endsOf(lengthMs, count);
    const followAll = (wait: PlanWait): PollingFigures => figuresOf(ends.map((endMs) => follow(endMs, wait)));
    return { name, plan: followAll(planWait), fixed: followAll(() => MINUTE_MS) };
  });
}

function figuresOf(followings: readonly Following[]): PollingFigures {
  const polls = followings.map((following) => following.polls);
  const delays = followings.map((following) => following.delayMs);
  return {
    meanPolls: mean(polls),
    mostPolls: Math.max(...polls),
    meanDelayMs: mean(delays),
    worstDelayMs: Math.max(...delays),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
