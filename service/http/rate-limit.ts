import type { Dispatcher } from "undici";
import { parseRetryAfterMs } from "./retry";
import { afterWait } from "./time-limit";

/** How long a 429 without a `Retry-After` delays all requests. */
const PAUSE_AFTER_429_MS = 1_000;
/** The longest pause that is kept; after it, a request finds out whether the service accepts it. */
const LONGEST_PAUSE_MS = 60_000;

/** Decides when the next request may start. The caller passes the time in. */
export class RequestSchedule {
  #nextMs = 0;
  readonly #spacingMs: number;

  /** @param requestsPerSecond undefined is no limit */
  constructor(requestsPerSecond: number | undefined) {
    this.#spacingMs = requestsPerSecond === undefined ? 0 : 1_000 / requestsPerSecond;
  }

  /** Reserves the next start and returns how long to wait for it. */
  reserve(nowMs: number): number {
    const startMs = Math.max(this.#nextMs, nowMs);
    this.#nextMs = startMs + this.#spacingMs;
    return startMs - nowMs;
  }

  /** Delays all further requests after a 429. */
  pause(retryAfterMs: number | undefined, nowMs: number): void {
    const pauseMs = Math.min(retryAfterMs ?? PAUSE_AFTER_429_MS, LONGEST_PAUSE_MS);
    this.#nextMs = Math.max(this.#nextMs, nowMs + pauseMs);
  }
}

/** Returns an interceptor that starts requests by a schedule and pauses after a 429. */
export function rateLimitInterceptor(
  schedule: RequestSchedule,
  now: () => number,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const watching = watchFor429(handler, (retryAfter) => {
      schedule.pause(parseRetryAfterMs(retryAfter, now()), now());
    });
    const waitMs = schedule.reserve(now());
    if (waitMs <= 0) return dispatch(options, watching);
    afterWait(options, waitMs, () => dispatch(options, watching));
    return true;
  };
}

function watchFor429(
  handler: Dispatcher.DispatchHandler,
  on429: (retryAfter: string | undefined) => void,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (controller, status, headers, socket) =>
      handler.onRequestUpgrade?.(controller, status, headers, socket),
    onResponseStart: (controller, status, headers, text) => {
      const retryAfter = headers["retry-after"];
      if (status === 429) on429(typeof retryAfter === "string" ? retryAfter : undefined);
      handler.onResponseStart?.(controller, status, headers, text);
    },
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  };
}
