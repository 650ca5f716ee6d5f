import { nextPollInMs } from "./polling-plan";
import type { Progress } from "./progress";
import type { SetTimer } from "./scheduler";

/** So much later than a gate's timeout the answers may come to what was asked until then. */
export const GRACE_MS = 1_000;

/** Whether what is here now came too late to count. */
export const isTooLate = ({ remainingMs }: Pick<Progress, "remainingMs">): boolean => remainingMs < -GRACE_MS;

/** What is told while a request has no answer. */
export interface Meanwhile {
  /** How long until it is told again, in milliseconds; 0: not any more. */
  pauseMs: () => number;
  tell: () => void;
}

/** Tells how far the wait has come, as often as if the service were asked anew, until the timeout. */
export const stillWaiting = (progress: () => Progress, tell: (progress: Progress) => void): Meanwhile => ({
  pauseMs: () => nextPollInMs({ ...progress(), pollIntervalSeconds: LONGEST_PAUSE_SECONDS, random: 0 }),
  tell: () => {
    tell({ ...progress(), isUnanswered: true });
  },
});

export const SAY_NOTHING: Meanwhile = { pauseMs: () => 0, tell: () => undefined };

const LONGEST_PAUSE_SECONDS = 60;

/** Sends a request, which ends, answered or not, after `limitMs` milliseconds. */
export type SendBounded = <Answer>(
  limitMs: number,
  send: (signal: AbortSignal) => Promise<Answer>,
  meanwhile: Meanwhile,
) => Promise<Answer>;

/**
 * Makes what bounds requests.
 *
 * @param gone comes when there is nobody any more to ask for
 */
export const requestBounds =
  (setTimer: SetTimer, gone: AbortSignal): SendBounded =>
  async (limitMs, send, meanwhile) => {
    const late = new AbortController();
    const clearLimit = setTimer(Math.max(0, limitMs), () => {
      late.abort(new Error("the gate's time (timeoutSeconds) was up"));
    });
    const clearTelling = tellRepeatedly(setTimer, meanwhile);
    try {
      return await send(AbortSignal.any([late.signal, gone]));
    } finally {
      clearLimit();
      clearTelling();
    }
  };

function tellRepeatedly(setTimer: SetTimer, { pauseMs, tell }: Meanwhile): () => void {
  let clear = (): void => undefined;
  const arm = (): void => {
    const nextMs = pauseMs();
    if (nextMs <= 0) return;
    clear = setTimer(nextMs, () => {
      tell();
      arm();
    });
  };
  arm();
  return () => {
    clear();
  };
}
