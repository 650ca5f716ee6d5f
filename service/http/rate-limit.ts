import type { Dispatcher } from "undici";
import { LONGEST_RETRY_AFTER_MS, parseRetryAfterMs } from "./retry";
import { afterWait } from "./time-limit";

/** How long a 429 without a `Retry-After` delays all requests. */
const PAUSE_AFTER_429_MS = 1_000;

/** The service has asked for a pause that is too long to be waited for. The request was not sent. */
export class LongPause extends Error {
  readonly pauseMs: number;

  constructor(pauseMs: number) {
    super(`the service has asked for a pause of ${Math.ceil(pauseMs / 1_000)} more seconds (429)`);
    this.pauseMs = pauseMs;
  }
}

/** Decides when the next request may start. The caller passes the time in. */
export class RequestSchedule {
  #nextMs = 0;
  #pausedUntilMs = 0;
  readonly #spacingMs: number;

  /** @param requestsPerSecond undefined is no limit */
  constructor(requestsPerSecond: number | undefined) {
    this.#spacingMs = requestsPerSecond === undefined ? 0 : 1_000 / requestsPerSecond;
  }

  /** Reserves the next start and returns how long to wait for it. @throws LongPause */
  reserve(nowMs: number): number {
    const pauseMs = this.#pausedUntilMs - nowMs;
    if (pauseMs > LONGEST_RETRY_AFTER_MS) throw new LongPause(pauseMs);
    const startMs = Math.max(this.#nextMs, nowMs);
    this.#nextMs = startMs + this.#spacingMs;
    return startMs - nowMs;
  }

  /** Delays all further requests after a 429. */
  pause(retryAfterMs: number | undefined, nowMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + (retryAfterMs ?? PAUSE_AFTER_429_MS));
    this.#nextMs = Math.max(this.#nextMs, this.#pausedUntilMs);
  }
}

/** By address and rate. */
const schedules = new Map<string, RequestSchedule>();

/** Returns the schedule that all clients of this process share, since the service counts their requests together. */
export function sharedSchedule(origin: string, requestsPerSecond: number | undefined): RequestSchedule {
  const key = `${origin} ${requestsPerSecond ?? "unlimited"}`;
  const schedule = schedules.get(key) ?? new RequestSchedule(requestsPerSecond);
  schedules.set(key, schedule);
  return schedule;
}

/** The clocks of a rate limit, in milliseconds. */
export interface RateLimitClocks {
  /** Since 1970, to read a `Retry-After` that is a date. */
  now: () => number;
  /** Since any moment, the same for all that share a schedule; never set back. */
  elapsed: () => number;
}

/** Returns an interceptor that starts requests by a schedule and pauses after a 429. */
export function rateLimitInterceptor(
  schedule: RequestSchedule,
  { now, elapsed }: RateLimitClocks,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const watching = watchFor429(handler, (retryAfter) => {
      schedule.pause(parseRetryAfterMs(retryAfter, now()), elapsed());
    });
    const waitMs = schedule.reserve(elapsed());
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
