import type { ScanStatus } from "pulumi-crashtest/client";
import { CrashtestError, type ErrorCode } from "../../../../errors/errors";
import type { SendBounded } from "../../../../gate/wait/bounded-request";
import type { FollowLimits, FollowPorts } from "../../../../gate/wait/follow-scan";
import type { Progress } from "../../../../gate/wait/polling";
import type { WaitEnd } from "../../../../gate/wait/scheduler";

/** What a service may answer: a status, an error, or that there is no such scan. */
export type StatusAnswer = ScanStatus | Error | undefined;

export const status = (state: ScanStatus["state"], statusCode = 2): ScanStatus => ({ scanId: "31", state, statusCode });

/** An error of this code, as the client throws it; with a pause it is an answer of the service. */
export function failure(code: ErrorCode, retryAfterMs?: number): CrashtestError {
  if (retryAfterMs === undefined) return new CrashtestError({ code, problem: `it was ${code}` });
  return new CrashtestError({ code, problem: "it was answered with 429", remedy: "Wait.", retryAfterMs });
}

/** A service and a clock that only waiting moves on. */
export class SimulatedWait implements FollowPorts {
  timeMs = 1_000_000;
  /** When each status was asked for, in milliseconds since the first request. */
  readonly requestsMs: number[] = [];
  readonly waitsMs: number[] = [];
  readonly told: Progress[] = [];
  /** After so many waits the engine is gone. */
  waitsUntilStop = Infinity;
  /** How long an answer takes. */
  answerMs = 0;
  #startMs: number | undefined;

  constructor(private readonly answerAt: (elapsedMs: number, count: number) => StatusAnswer) {}

  /** Answers one by one; the last one again and again. */
  static of(...answers: readonly StatusAnswer[]): SimulatedWait {
    return new SimulatedWait((_elapsedMs, count) => answers[Math.min(count, answers.length) - 1]);
  }

  readonly askStatus = (): Promise<ScanStatus | undefined> => {
    this.#startMs ??= this.timeMs;
    this.requestsMs.push(this.timeMs - this.#startMs);
    const answer = this.answerAt(this.timeMs - this.#startMs, this.requestsMs.length);
    this.timeMs += this.answerMs;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };

  /** What each request had, in milliseconds; nothing is bounded by a clock that stands still. */
  readonly limitsMs: number[] = [];
  readonly sendBounded: SendBounded = (limitMs, send) => {
    this.limitsMs.push(limitMs);
    return send(new AbortController().signal);
  };

  readonly wait = (delayMs: number): Promise<WaitEnd> => {
    this.waitsMs.push(delayMs);
    if (this.waitsMs.length > this.waitsUntilStop) return Promise.resolve("stopped");
    this.timeMs += delayMs;
    return Promise.resolve("due");
  };

  readonly nowMs = (): number => this.timeMs;

  random = (): number => 0;

  readonly tell = (progress: Progress): void => {
    this.told.push(progress);
  };
}

export const limits = (fields: Partial<FollowLimits> = {}): FollowLimits => ({
  scanId: "31",
  timeoutSeconds: 3_600,
  pollIntervalSeconds: 120,
  asksOnce: false,
  ...fields,
});
