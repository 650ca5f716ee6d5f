// @ts-check
import { backoffMs } from "./backoff.js";
import { createEventParser } from "./event-parser.js";
import { ask, ServiceError } from "./service.js";

/** @typedef {import("../src/page/views").BoardEvent} BoardEvent */
/** @typedef {{ state: "connecting" } | { state: "live" } | { state: "away", reason: string, waitMs: number }} Link */

/**
 * @typedef {object} FeedParts
 * @property {string} key
 * @property {(event: BoardEvent) => void} onEvent
 * @property {(link: Link) => void} onLink
 * @property {(slug: string) => void} onRefused the key is not (or no longer) valid; the feed has ended
 */

/** The service sends something every 15 seconds; a stream that is silent for longer is dead. */
const MAX_SILENCE_MS = 40_000;

/** The key is rejected: another attempt will not change that. */
class RefusedError extends Error {}

/**
 * Follows the service's events, and reconnects by itself when the stream breaks off.
 * @param {FeedParts} parts
 * @returns {{ retry: () => void, stop: () => void }}
 */
export function startFeed({ key, onEvent, onLink, onRefused }) {
  const stopping = new AbortController();
  let wake = () => {};
  let failureCount = 0;
  const isStopped = () => stopping.signal.aborted;

  const connect = async () => {
    const silence = new AbortController();
    const asked = ask(key, "page/events", AbortSignal.any([stopping.signal, silence.signal]));
    const stream = await unlessSilent(asked, silence);
    await readEvents(stream, silence, (type, data) => {
      if (isStopped()) return;
      if (type === "refused") {
        /** @type {{ message: string }} */
        const refusal = JSON.parse(data);
        throw new RefusedError(refusal.message);
      }
      failureCount = 0;
      onLink({ state: "live" });
      onEvent(JSON.parse(data));
    });
  };
  /** @param {number} waitMs */
  const wait = (waitMs) =>
    /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      })
    );
  const run = async () => {
    while (!isStopped()) {
      onLink({ state: "connecting" });
      const reason = await connect().then(() => "The stream ended.", reasonOf);
      if (isStopped()) return;
      if (reason instanceof RefusedError) {
        onRefused(reason.message);
        return;
      }
      failureCount += 1;
      const waitMs = backoffMs(failureCount, Math.random());
      onLink({ state: "away", reason, waitMs });
      await wait(waitMs);
    }
  };

  void run();
  return {
    retry: () => {
      wake();
    },
    stop: () => {
      stopping.abort();
      wake();
    },
  };
}

/** @param {unknown} error @returns {string | RefusedError} */
function reasonOf(error) {
  if (error instanceof RefusedError) return error;
  if (!(error instanceof ServiceError)) return "The service does not answer.";
  if (error.status === 401) return new RefusedError(error.slug);
  if (error.status === 429) return "This user has too many pages open: close some of them.";
  return `The service answered ${error.message}.`;
}

/**
 * @param {Response} stream
 * @param {AbortController} silence
 * @param {(type: string, data: string) => void} onEvent
 */
async function readEvents(stream, silence, onEvent) {
  const parse = createEventParser();
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new TypeError("The answer has no body.");
  for (;;) {
    const { done, value } = await unlessSilent(reader.read(), silence);
    if (done) return;
    for (const { type, data } of parse(value)) onEvent(type, data);
  }
}

/**
 * @template Value
 * @param {Promise<Value>} promise
 * @param {AbortController} silence aborted if the promise takes too long
 * @returns {Promise<Value>}
 */
function unlessSilent(promise, silence) {
  const timer = setTimeout(() => {
    silence.abort();
  }, MAX_SILENCE_MS);
  return promise.finally(() => {
    clearTimeout(timer);
  });
}
