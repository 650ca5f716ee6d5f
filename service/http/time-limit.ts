import type { Readable } from "node:stream";

export const TIMEOUT_NAME = "TimeoutError";

/**
 * Destroys a body that is not complete in time, however steadily it arrives.
 *
 * @returns a function to call when the body has been read
 */
export function limitBody(body: Readable, limitMs: number): () => void {
  const timer = setTimeout(() => {
    const error = new Error(`the answer was not complete after ${limitMs / 1_000} seconds`);
    error.name = TIMEOUT_NAME;
    body.destroy(error);
  }, limitMs);
  return () => {
    clearTimeout(timer);
  };
}

/** Returns the result of a promise, or rejects with the signal's reason as soon as that is aborted. */
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
 * Runs an action after a wait; never, if the request's signal is aborted first, which `untilAborted` handles.
 *
 * @param request undici's options of a request, which contain its signal although their type does not say so
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
