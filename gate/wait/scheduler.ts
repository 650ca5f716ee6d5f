/** Why a wait was stopped before its time. */
export const INTERRUPTED = "the run was interrupted";

/** How a wait ended: its time came, or all waits were stopped, as the engine is gone or ends. */
export type WaitEnd = "due" | "stopped";

/** Sets one timer and returns what clears it. */
export type SetTimer = (delayMs: number, action: () => void) => () => void;

interface Waiter {
  dueMs: number;
  end: (how: WaitEnd) => void;
}

/** The waits of all gates of a program, over one timer. */
export class Scheduler {
  readonly #nowMs: () => number;
  readonly #setTimer: SetTimer;
  readonly #waiters: Waiter[] = [];
  readonly #stop = new AbortController();
  #clearTimer: () => void = () => undefined;

  constructor(nowMs: () => number, setTimer: SetTimer) {
    this.#nowMs = nowMs;
    this.#setTimer = setTimer;
  }

  /** Aborts with `stop`, for whatever else waits. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Waits for a time in milliseconds; not at all after `stop`. */
  wait(delayMs: number): Promise<WaitEnd> {
    if (this.stopped.aborted) return Promise.resolve("stopped");
    return new Promise((resolve) => {
      this.#waiters.push({ dueMs: this.#nowMs() + delayMs, end: resolve });
      this.#waiters.sort((left, right) => left.dueMs - right.dueMs);
      this.#arm();
    });
  }

  /** Ends all waits, now and from now on. */
  stop(): void {
    this.#stop.abort(new Error(INTERRUPTED));
    this.#clearTimer();
    for (const waiter of this.#waiters.splice(0)) waiter.end("stopped");
  }

  #arm(): void {
    this.#clearTimer();
    this.#clearTimer = () => undefined;
    const first = this.#waiters[0];
    if (first === undefined) return;
    this.#clearTimer = this.#setTimer(Math.max(0, first.dueMs - this.#nowMs()), () => {
      this.#endDue();
    });
  }

  #endDue(): void {
    const nowMs = this.#nowMs();
    const dueCount = this.#waiters.findIndex(({ dueMs }) => dueMs > nowMs);
    const due = this.#waiters.splice(0, dueCount === -1 ? this.#waiters.length : dueCount);
    for (const waiter of due) waiter.end("due");
    this.#arm();
  }
}
