import { requestBounds, stillWaiting } from "../../../../gate/wait/bounded-request";
import type { Progress } from "../../../../gate/wait/polling";

/** Timers that only `advance` moves on. */
class FakeTimers {
  nowMs = 0;
  #timers: { dueMs: number; action: () => void }[] = [];

  readonly set = (delayMs: number, action: () => void): (() => void) => {
    const timer = { dueMs: this.nowMs + delayMs, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  advance(durationMs: number): void {
    const untilMs = this.nowMs + durationMs;
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      this.nowMs = next.dueMs;
      this.#timers = this.#timers.filter((other) => other !== next);
      next.action();
    }
    this.nowMs = untilMs;
  }

  get count(): number {
    return this.#timers.length;
  }

  #next(untilMs: number) {
    return this.#timers.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}

const TIMEOUT_MS = 10_000;

let timers: FakeTimers;
let gone: AbortController;
let told: Progress[];

beforeEach(() => {
  timers = new FakeTimers();
  gone = new AbortController();
  told = [];
});

const progress = (): Progress => ({
  scanId: "31",
  state: "running",
  elapsedMs: timers.nowMs,
  polls: 1,
  remainingMs: TIMEOUT_MS - timers.nowMs,
});

/** Fails with the reason of its signal, as a request does. */
const silent = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });

const send = <Answer>(request: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> =>
  requestBounds(timers.set, gone.signal)(
    TIMEOUT_MS + 1_000,
    request,
    stillWaiting(progress, (at) => {
      told.push(at);
    }),
  );

test("an answer is given on, and nothing is left of it", async () => {
  await expect(send(() => Promise.resolve("answer"))).resolves.toBe("answer");

  expect(timers.count).toBe(0);
});

test("a request without an answer ends when its time is up, and no sooner", async () => {
  const signals: AbortSignal[] = [];
  const sent = send((signal) => {
    signals.push(signal);
    return silent(signal);
  });

  timers.advance(TIMEOUT_MS + 999);
  expect(signals[0]?.aborted).toBe(false);
  timers.advance(1);

  await expect(sent).rejects.toThrow("the gate's timeout (timeoutSeconds) expired");
  expect(timers.count).toBe(0);
});

test("a request ends when nobody is there any more to ask for", async () => {
  const sent = send(silent);

  gone.abort(new Error("the engine is gone"));

  await expect(sent).rejects.toThrow("the engine is gone");
});

test("the wait is told as often as if the service were asked anew, until the timeout", async () => {
  const sent = send(silent);
  timers.advance(TIMEOUT_MS + 1_000);
  await sent.catch(() => undefined);

  expect(told.map(({ elapsedMs }) => elapsedMs)).toEqual([2_000, 4_200, 6_620, 9_282, 10_000]);
  expect(told[0]).toEqual({ ...progress(), elapsedMs: 2_000, remainingMs: 8_000, isUnanswered: true });
});
