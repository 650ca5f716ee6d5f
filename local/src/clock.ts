/** Cancels a timer; calling it again, or after the timer fired, does nothing. */
export type CancelTimer = () => void;

/** The service's source of time. */
export interface Clock {
  /** Returns the time in milliseconds since 1970. */
  now(): number;
  /** Calls `action` once `delayMs` of this clock have passed. */
  setTimer(delayMs: number, action: () => void): CancelTimer;
}

/** A clock that can be moved forward. */
export interface AdvanceableClock extends Clock {
  /** Moves the clock forward; timers that become due fire in order, each at its own time. */
  advance(milliseconds: number): void;
}

interface Timer {
  readonly dueMs: number;
  readonly action: () => void;
  handle?: NodeJS.Timeout;
}

/** The longest delay that Node's timers accept; a longer one is set again after this one has passed. */
const MAX_TIMER_DELAY_MS = 2 ** 31 - 1;

class OffsetClock implements AdvanceableClock {
  readonly #timers = new Set<Timer>();
  readonly #base: () => number;
  readonly #isRunning: boolean;
  #offsetMs = 0;
  /** While the clock is being moved forward: the time at which the current timer fires. */
  #steppingMs: number | undefined;

  constructor(base: () => number, isRunning: boolean) {
    this.#base = base;
    this.#isRunning = isRunning;
  }

  now(): number {
    return this.#steppingMs ?? this.#base() + this.#offsetMs;
  }

  setTimer(delayMs: number, action: () => void): CancelTimer {
    const timer: Timer = { dueMs: this.now() + Math.max(0, delayMs), action };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      this.#remove(timer);
    };
  }

  advance(milliseconds: number): void {
    const untilMs = this.now() + milliseconds;
    for (let timer = this.#nextDue(untilMs); timer !== undefined; timer = this.#nextDue(untilMs)) {
      this.#steppingMs = Math.max(this.now(), timer.dueMs);
      this.#fire(timer);
    }
    this.#steppingMs = undefined;
    this.#offsetMs += milliseconds;
    for (const timer of this.#timers) this.#arm(timer);
  }

  #nextDue(untilMs: number): Timer | undefined {
    return [...this.#timers].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.handle);
    if (!this.#isRunning) return;
    timer.handle = setTimeout(
      () => {
        if (this.now() >= timer.dueMs) this.#fire(timer);
        else this.#arm(timer);
      },
      Math.min(Math.max(0, timer.dueMs - this.now()), MAX_TIMER_DELAY_MS),
    );
  }

  #fire(timer: Timer): void {
    this.#remove(timer);
    timer.action();
  }

  #remove(timer: Timer): void {
    clearTimeout(timer.handle);
    this.#timers.delete(timer);
  }
}

/** Creates a clock with real time, which the control interface can move forward. */
export function createRunningClock(): AdvanceableClock {
  return new OffsetClock(() => Date.now(), true);
}

/** Creates a monotonic clock, unaffected by changes of the machine's clock: for intervals and durations. */
export function createSteadyClock(): Clock {
  return new OffsetClock(() => performance.now(), true);
}

/** Creates a clock that stands still until it is moved forward; it starts at `startMs` (default: now). */
export function createManualClock(startMs: number = Date.now()): AdvanceableClock {
  return new OffsetClock(() => startMs, false);
}

/** The time of day as others see it, which a test can put wrong. */
export interface Wall {
  /** Returns the time in milliseconds since 1970. */
  now: () => number;
  setOffset: (milliseconds: number) => void;
}

export function createWall(base: () => number = () => Date.now()): Wall {
  let offsetMs = 0;
  return {
    now: () => base() + offsetMs,
    setOffset: (milliseconds) => {
      offsetMs = milliseconds;
    },
  };
}
