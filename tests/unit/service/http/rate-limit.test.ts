import { LongPause, RequestSchedule } from "../../../../service/http/rate-limit";

const NOW_MS = 1_000_000;

test("without a limit nothing waits", () => {
  const schedule = new RequestSchedule(undefined);

  expect([1, 2, 3].map(() => schedule.reserve(NOW_MS))).toEqual([0, 0, 0]);
});

test.each([
  [10, [0, 100, 200, 300]],
  [1, [0, 1_000, 2_000, 3_000]],
  [0.5, [0, 2_000, 4_000, 6_000]],
])("%p requests per second start evenly spread", (requestsPerSecond, waits) => {
  const schedule = new RequestSchedule(requestsPerSecond);

  expect(waits.map(() => schedule.reserve(NOW_MS))).toEqual(waits);
});

test("time that passed unused is not made up for by a burst", () => {
  const schedule = new RequestSchedule(10);
  schedule.reserve(NOW_MS);

  const later = NOW_MS + 60_000;

  expect([schedule.reserve(later), schedule.reserve(later)]).toEqual([0, 100]);
});

test.each([
  [undefined, 1_000],
  [0, 0],
  [7_000, 7_000],
  [60_000, 60_000],
])("after a 429 with a pause of %p ms nothing starts for %p ms", (retryAfterMs, waitMs) => {
  const schedule = new RequestSchedule(undefined);

  schedule.pause(retryAfterMs, NOW_MS);

  expect(schedule.reserve(NOW_MS)).toBe(waitMs);
});

test("during a pause that is longer than a minute nothing starts or is kept waiting; in its last minute it is waited for", () => {
  const schedule = new RequestSchedule(10);
  schedule.pause(3_600_000, NOW_MS);

  expect(() => schedule.reserve(NOW_MS + 1_000)).toThrow(LongPause);
  expect(() => schedule.reserve(NOW_MS + 1_000)).toThrow("a pause of 3599 more seconds");
  expect(schedule.reserve(NOW_MS + 3_540_000)).toBe(60_000);
});

test("a queue that is longer than a minute is waited for", () => {
  const schedule = new RequestSchedule(0.01);

  expect([schedule.reserve(NOW_MS), schedule.reserve(NOW_MS)]).toEqual([0, 100_000]);
});

test("a shorter pause does not undo a longer one", () => {
  const schedule = new RequestSchedule(undefined);
  schedule.pause(10_000, NOW_MS);

  schedule.pause(1_000, NOW_MS);

  expect(schedule.reserve(NOW_MS)).toBe(10_000);
});

test("after a pause the requests are spread again", () => {
  const schedule = new RequestSchedule(2);
  schedule.pause(10_000, NOW_MS);

  expect([schedule.reserve(NOW_MS), schedule.reserve(NOW_MS)]).toEqual([10_000, 10_500]);
});
