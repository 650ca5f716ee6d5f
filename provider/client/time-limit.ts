import type { Readable } from "node:stream";

/** The error of what takes too long; its name tells it from others. */
export function timeoutError(limitMs: number): Error {
  const error = new Error(`not at its end after ${limitMs / 1_000} seconds`);
  error.name = TIMEOUT_NAME;
  return error;
}

export const TIMEOUT_NAME = "TimeoutError";

/**
 * Breaks a body off that takes too long, however steadily it comes.
 *
 * @returns what ends the watch; to be called when the body has been read
 */
export function limitBody(body: Readable, limitMs: number): () => void {
  const timer = setTimeout(() => body.destroy(timeoutError(limitMs)), limitMs);
  return () => {
    clearTimeout(timer);
  };
}

/** Gives what a promise gives, unless the signal comes first: then it fails with its reason at once. */
export async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  let end = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    end = resolve;
  });
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  try {
    await Promise.race([promise, aborted]);
    signal.throwIfAborted();
    return await promise;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/**
 * Does something after a time; never, where the signal of the request comes first, which is answered elsewhere.
 *
 * @param request undici's options of a request, which have the signal that it was given and do not say so in their type
 */
export function afterWait(request: object, waitMs: number, action: () => void): void {
  const signal = "signal" in request && request.signal instanceof AbortSignal ? request.signal : undefined;
  if (signal?.aborted === true) return;
  const clear = (): void => {
    clearTimeout(timer);
  };
  const timer = setTimeout(() => {
    signal?.removeEventListener("abort", clear);
    action();
  }, waitMs);
  signal?.addEventListener("abort", clear, { once: true });
}
