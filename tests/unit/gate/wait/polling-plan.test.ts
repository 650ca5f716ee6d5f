import fc from "fast-check";
import { type PollingMoment, nextPollInMs } from "../../../../gate/wait/polling";

const HOUR_MS = 3_600_000;
const ALMOST_ONE = 1 - 2 ** -53;

const SLOW = { afterSeconds: 600, pauseSeconds: 120 };

const moment = (fields: Partial<PollingMoment> = {}): PollingMoment => ({
  elapsedMs: 0,
  remainingMs: HOUR_MS,
  pollIntervalSeconds: 120,
  random: 0,
  ...fields,
});

test.each<[string, Partial<PollingMoment>, number]>([
  ["2 s after the first request", {}, 2_000],
  ["10 % of the time more as it goes by", { elapsedMs: 60_000 }, 8_000],
  ["up to the interval", { elapsedMs: 1_180_000 }, 120_000],
  ["never longer than the interval", { elapsedMs: 1_180_001 }, 120_000],
  ["an interval that is below 2 s from the start", { pollIntervalSeconds: 1 }, 1_000],
  ["half the cut at a random number of a half", { random: 0.5 }, 1_900],
  ["the cut of the interval, too", { elapsedMs: HOUR_MS, random: 0.5 }, 114_000],
  ["as long as the service asks", { retryAfterMs: 30_000 }, 30_000],
  ["longer than the interval if the service asks so", { pollIntervalSeconds: 10, retryAfterMs: 30_000 }, 30_000],
  ["not shorter because the service asks for less", { elapsedMs: 60_000, retryAfterMs: 1_000 }, 8_000],
  ["no cut of what the service asks", { retryAfterMs: 30_000, random: 0.5 }, 30_000],
  ["as before where the service asks for nothing", { retryAfterMs: undefined }, 2_000],
  ["until the timeout at most", { remainingMs: 700 }, 700],
  ["until the timeout at most, whatever the service asks", { remainingMs: 700, retryAfterMs: 30_000 }, 700],
  ["not at all at the timeout", { remainingMs: 0, retryAfterMs: 30_000 }, 0],
  ["not at all after the timeout", { remainingMs: -1 }, 0],
  ["as at the start with a clock that was set back", { elapsedMs: -60_000 }, 2_000],
  ["as ever before the time of slow polling", { elapsedMs: 599_999, slowPolling: SLOW }, 61_999.9],
  ["as long as slow polling asks from its time on", { elapsedMs: 600_000, slowPolling: SLOW }, 120_000],
  ["no less for a shorter interval", { elapsedMs: 600_000, pollIntervalSeconds: 5, slowPolling: SLOW }, 120_000],
  ["no cut of slow polling", { elapsedMs: HOUR_MS, slowPolling: SLOW, random: ALMOST_ONE }, 120_000],
  ["until the timeout at most, also slowly", { elapsedMs: HOUR_MS, remainingMs: 700, slowPolling: SLOW }, 700],
])("waits %s", (_what, fields, expected) => {
  expect(nextPollInMs(moment(fields))).toBeCloseTo(expected, 6);
});

/** Requests, each by its time, of a gate that asks until the scan has ended or the time is up; requests take no time. */
function requestTimes(
  random: () => number,
  { endMs = Infinity, timeoutMs = Infinity, pollIntervalSeconds = 120 },
): number[] {
  const times = [0];
  for (let elapsedMs = 0; elapsedMs < Math.min(endMs, timeoutMs); times.push(elapsedMs)) {
    const waitMs = nextPollInMs(
      moment({ elapsedMs, remainingMs: timeoutMs - elapsedMs, pollIntervalSeconds, random: random() }),
    );
    if (waitMs <= 0) throw new Error(`a wait of ${waitMs} ms at ${elapsedMs} ms`);
    elapsedMs += waitMs;
  }
  return times;
}

/** A sequence that goes over the given numbers again and again. */
function inTurn(numbers: readonly number[]): () => number {
  let index = 0;
  return () => numbers[index++ % numbers.length] ?? 0;
}

const randomNumber = fc.oneof(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.constantFrom(0, ALMOST_ONE),
);
const randomNumbers = fc.array(randomNumber, { minLength: 1, maxLength: 300 });

const BUDGETS: readonly [string, number, number][] = [
  ["an hour", HOUR_MS, 75],
  ["six hours", 6 * HOUR_MS, 245],
];

describe.each(BUDGETS)("a scan of %s", (_length, endMs, most) => {
  test.each<[string, number[]]>([
    ["no", [0]],
    ["the largest", [ALMOST_ONE]],
    ["now the largest and now no", [ALMOST_ONE, 0]],
  ])("takes few enough status requests with %s cut", (_cut, numbers) => {
    expect(requestTimes(inTurn(numbers), { endMs }).length).toBeLessThanOrEqual(most);
  });

  test("takes few enough status requests at any cuts, also where it ends with the timeout", () => {
    fc.assert(
      fc.property(randomNumbers, fc.constantFrom(endMs, 2 * endMs), (numbers, timeoutMs) => {
        expect(requestTimes(inTurn(numbers), { endMs, timeoutMs }).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

test("the last request comes at the timeout, and at most one pause before it is cut short", () => {
  const limits = fc.record({
    timeoutMs: fc.integer({ min: 1, max: 2 * HOUR_MS }),
    pollIntervalSeconds: fc.integer({ min: 10, max: 3_600 }),
  });
  fc.assert(
    fc.property(randomNumbers, limits, (numbers, { timeoutMs, pollIntervalSeconds }) => {
      const times = requestTimes(inTurn(numbers), { timeoutMs, pollIntervalSeconds });
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? NaN));

      expect(times.at(-1)).toBeCloseTo(timeoutMs, 3);
      // A last pause of a rounding error may follow the one that was cut to it.
      const whole = pauses.filter((pause) => pause > 0.001).slice(0, -1);
      expect(Math.min(Infinity, ...whole)).toBeGreaterThanOrEqual(1_800 - 0.001);
    }),
  );
});

test("a request sees the end of a scan within a tenth of its length and 2 s, and within the interval", () => {
  fc.assert(
    fc.property(randomNumbers, fc.integer({ min: 0, max: 6 * HOUR_MS }), (numbers, endMs) => {
      const delayMs = (requestTimes(inTurn(numbers), { endMs }).at(-1) ?? NaN) - endMs;

      expect(delayMs).toBeLessThanOrEqual(Math.min(2_000 + 0.1 * endMs, 120_000));
    }),
  );
});

const anyMoment = fc.record<PollingMoment>({
  elapsedMs: fc.double({ min: 0, max: 8 * HOUR_MS, noNaN: true }),
  remainingMs: fc.double({ min: 1, max: 8 * HOUR_MS, noNaN: true }),
  pollIntervalSeconds: fc.integer({ min: 1, max: 3_600 }),
  retryAfterMs: fc.option(fc.double({ min: 0, max: HOUR_MS, noNaN: true }), { nil: undefined }),
  random: randomNumber,
});
const anyTimeMs = fc.double({ min: 0, max: 8 * HOUR_MS, noNaN: true });

test("a wait is above 0 and ends by the timeout", () => {
  fc.assert(
    fc.property(anyMoment, (given) => {
      const waitMs = nextPollInMs(given);

      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(given.remainingMs);
    }),
  );
});

test.each<["elapsedMs" | "remainingMs" | "retryAfterMs"]>([["elapsedMs"], ["remainingMs"], ["retryAfterMs"]])(
  "a wait gets no shorter with a larger %s",
  (name) => {
    fc.assert(
      fc.property(anyMoment, anyTimeMs, (given, moreMs) => {
        const more = { ...given, [name]: (given[name] ?? 0) + moreMs };

        expect(nextPollInMs(more)).toBeGreaterThanOrEqual(nextPollInMs(given));
      }),
    );
  },
);

test("chance shortens a pause by a tenth at most and never makes it longer", () => {
  fc.assert(
    fc.property(anyMoment, (given) => {
      const uncut = nextPollInMs({ ...given, random: 0 });

      expect(nextPollInMs(given)).toBeLessThanOrEqual(uncut);
      expect(nextPollInMs(given)).toBeGreaterThanOrEqual(0.9 * uncut - 0.001);
    }),
  );
});
