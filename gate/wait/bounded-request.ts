import { CrashtestError, type ErrorCode } from "../../errors/errors";
import { type Progress, nextPollInMs } from "./polling";
import type { SetTimer } from "./scheduler";

/** How long after a gate's timeout the answers to earlier requests are still taken. */
export const GRACE_MS = 1_000;

/** Returns whether what has just arrived is too late to count. */
export const isTooLate = ({ remainingMs }: Pick<Progress, "remainingMs">): boolean => remainingMs < -GRACE_MS;

/** What is reported while a request has no answer. */
export interface Meanwhile {
  /** The time until the next report, in milliseconds; 0: no more reports. */
  pauseMs: () => number;
  tell: () => void;
}

/** Reports how far the wait has come, as often as if the service were polled, until the timeout. */
export const stillWaiting = (progress: () => Progress, tell: (progress: Progress) => void): Meanwhile => ({
  pauseMs: () => nextPollInMs({ ...progress(), pollIntervalSeconds: 60, random: 0 }),
  tell: () => {
    tell({ ...progress(), isUnanswered: true });
  },
});

/** Sends a request that ends, answered or not, after `limitMs` milliseconds. */
export type SendBounded = <Answer>(
  limitMs: number,
  send: (signal: AbortSignal) => Promise<Answer>,
  meanwhile?: Meanwhile,
) => Promise<Answer>;

/**
 * Makes a `SendBounded`.
 *
 * @param gone aborts all requests, as nobody waits for them any longer
 */
export const requestBounds =
  (setTimer: SetTimer, gone: AbortSignal): SendBounded =>
  async (limitMs, send, meanwhile) => {
    const late = new AbortController();
    const clearLimit = setTimer(Math.max(0, limitMs), () => {
      late.abort(new Error("the gate's timeout (timeoutSeconds) expired"));
    });
    let clearMeanwhile = (): void => undefined;
    const arm = (): void => {
      const nextMs = meanwhile?.pauseMs() ?? 0;
      if (nextMs <= 0) return;
      clearMeanwhile = setTimer(nextMs, () => {
        meanwhile?.tell();
        arm();
      });
    };
    arm();
    try {
      return await send(AbortSignal.any([late.signal, gone]));
    } finally {
      clearLimit();
      clearMeanwhile();
    }
  };

/** What asking again cannot fix. Everything else may be a network, or a service, that fails for a while. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  "CONFIGURATION_INVALID",
  "ARGUMENT_INVALID",
  "OTHER_SERVICE",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "INVALID_REQUEST",
  "REPORT_TOO_LARGE",
]);

/** A network or a service that does not answer now: no verdict, however long it lasts. */
const SILENCE: ReadonlySet<ErrorCode> = new Set(["UNREACHABLE", "TIMEOUT", "RATE_LIMITED", "SERVER_ERROR"]);

/** Returns whether nobody answered, or the service says that it cannot now. */
export const isSilence = (error: unknown): boolean => error instanceof CrashtestError && SILENCE.has(error.code);

/** Returns whether asking again is useless. An error without a code is a defect, not a network. */
export const isFinal = (error: unknown): boolean => !(error instanceof CrashtestError) || FINAL.has(error.code);

export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Returns the pause that the service asked for, in milliseconds; undefined if it did not. */
export const retryAfterMsOf = (error: unknown): number | undefined =>
  error instanceof CrashtestError ? error.retryAfterMs : undefined;
