import { comparePolling, endsOf, follow, seededRandom } from "../../../scripts/bench/polling";
import { formatPolling } from "../../../scripts/bench/polling-report";

const eachMinute = (): number => 60_000;

test.each([
  [0, { polls: 1, delayMs: 0 }],
  [1, { polls: 2, delayMs: 59_999 }],
  [60_000, { polls: 2, delayMs: 0 }],
  [150_000, { polls: 4, delayMs: 30_000 }],
])("asking each minute sees a scan that ends after %d ms with %j", (endMs, expected) => {
  expect(follow(endMs, eachMinute)).toEqual(expected);
});

test("a plan is asked with the time since the first request", () => {
  const asked: number[] = [];
  follow(500, (elapsedMs) => {
    asked.push(elapsedMs);
    return 200;
  });

  expect(asked).toEqual([0, 200, 400]);
});

test.each([
  [10_000, [10_000, 9_500, 9_000, 8_500]],
  [3_600_000, [3_600_000, 3_585_000, 3_570_000, 3_555_000]],
])("ends of scans of %d ms are spread over a minute or a fifth, whichever is less", (lengthMs, expected) => {
  expect(endsOf(lengthMs, 4)).toEqual(expected);
});

test("the seeded numbers are the same each time, from 0 up to 1, and spread", () => {
  const draw = (seed: number): number[] => Array.from({ length: 1_000 }, seededRandom(seed));
  const numbers = draw(5);

  expect(draw(5)).toEqual(numbers);
  expect(draw(6)).not.toEqual(numbers);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length);
  expect(Math.min(...tenths)).toBeGreaterThan(50);
});

describe("the gate's plan beside a poll each minute", () => {
  const results = comparePolling(200);

  test("is compared for scans of 10 s, 5 min, 1 h and 6 h, the same at each run", () => {
    expect(results.map(({ name }) => name)).toEqual(["10 s", "5 min", "1 h", "6 h"]);
    expect(comparePolling(200)).toEqual(results);
  });

  test.each([
    ["10 s", 6],
    ["5 min", 35],
    ["1 h", 75],
    ["6 h", 245],
  ])("asks for a scan of %s at most %d times", (name, most) => {
    expect(results.find((result) => result.name === name)?.plan.mostPolls).toBeLessThanOrEqual(most);
  });

  test("sees the end of short scans sooner, and asks less often in long ones", () => {
    const [tenSeconds, fiveMinutes, , sixHours] = results;

    expect(tenSeconds?.plan.worstDelayMs).toBeLessThanOrEqual(3_000);
    expect(tenSeconds?.fixed.meanDelayMs).toBeCloseTo(51_000, -2);
    expect(fiveMinutes?.plan.worstDelayMs).toBeLessThan(fiveMinutes?.fixed.worstDelayMs ?? 0);
    expect(fiveMinutes?.fixed.meanDelayMs).toBeCloseTo(30_000, -3);
    expect(sixHours?.plan.meanPolls).toBeLessThan(sixHours?.fixed.meanPolls ?? 0);
    expect(sixHours?.fixed.mostPolls).toBe(361);
  });

  test("has the mean beside the most and the worst", () => {
    const [, fiveMinutes, , sixHours] = results;

    expect(fiveMinutes?.fixed.worstDelayMs).toBeCloseTo(59_700, 3);
    expect(sixHours?.plan.mostPolls).toBeGreaterThan(sixHours?.plan.meanPolls ?? NaN);
  });
});

test("prints one row per length, each value with the most or the worst", () => {
  const figures = { meanPolls: 5.64, mostPolls: 6, meanDelayMs: 1_449, worstDelayMs: 2_900 };
  const fixed = { meanPolls: 2, mostPolls: 2, meanDelayMs: 51_000, worstDelayMs: 52_000 };

  const lines = formatPolling([{ name: "10 s", plan: figures, fixed }]).map((line) =>
    line.trim().replace(/ {2,}/g, " | "),
  );

  expect(lines).toEqual([
    "polling in simulated time, 1000 scans of each length: the mean, with the maximum or the worst in brackets",
    "scan | polls | one-minute: polls | delay | one-minute: delay",
    "10 s | 5.6 (6) | 2.0 (2) | 1.4 s (2.9 s) | 51.0 s (52.0 s)",
  ]);
});
