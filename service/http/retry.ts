import type { HttpMethod } from "./errors";

/** Two retries after the first attempt. */
export const MAX_RETRIES = 2;
/** The first wait; each further one doubles it, up to the longest. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** A wait is shortened by up to this part, so that many clients do not return at once. */
const JITTER = 0.25;
/** A longer pause is not waited for: the request fails, and its error says how long the service asks to wait. */
export const LONGEST_RETRY_AFTER_MS = 60_000;

const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** Failures before any byte of the request could be sent: even a POST can be retried safely. */
const NEVER_ARRIVED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

const RETRIED_CODES = new Set([
  ...NEVER_ARRIVED,
  "ECONNRESET",
  "ENETDOWN",
  "ENETUNREACH",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_SOCKET",
]);

/** One failed attempt: an answer with a status, or an error with a code. */
export interface FailedAttempt {
  method: HttpMethod;
  /** How many attempts there were, this one included. */
  attempts: number;
  status?: number | undefined;
  /** The `Retry-After` header. */
  retryAfter?: string | undefined;
  /** Node's or undici's code of a failure without an answer. */
  code?: string | undefined;
}

/** Whether a request that failed with this code cannot have reached the service. */
export const neverArrived = (code: string | undefined): boolean => code !== undefined && NEVER_ARRIVED.has(code);

/**
 * Parses `Retry-After` into milliseconds. By RFC 9110 10.2.3 it is a number of seconds or a date; undefined if it is neither.
 *
 * @param nowMs the time from which a date is counted
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  // A date contains a word; `Date.parse` would take a mere number for a year.
  const date = /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/**
 * Decides whether to retry.
 *
 * A POST is retried only where it cannot have arrived, and after a 429, which means that nothing was done (ASSUMED). All
 * other requests are idempotent.
 *
 * @param random between 0 and 1
 * @returns the wait in milliseconds, or undefined where the failure is final
 */
export function decideRetry(failed: FailedAttempt, nowMs: number, random: number): number | undefined {
  if (failed.attempts > MAX_RETRIES) return undefined;
  if (failed.status === undefined) {
    const isRetried = failed.method === "POST" ? neverArrived(failed.code) : RETRIED_CODES.has(failed.code ?? "");
    return isRetried ? backoffMs(failed.attempts, random) : undefined;
  }
  if (!RETRIED_STATUSES.has(failed.status)) return undefined;
  if (failed.method === "POST" && failed.status !== 429) return undefined;
  const askedMs = parseRetryAfterMs(failed.retryAfter, nowMs);
  if (askedMs === undefined) return backoffMs(failed.attempts, random);
  return askedMs <= LONGEST_RETRY_AFTER_MS ? askedMs : undefined;
}

function backoffMs(attempts: number, random: number): number {
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(waitMs * (1 - JITTER * random));
}
