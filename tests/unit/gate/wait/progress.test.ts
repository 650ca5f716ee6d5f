import { type Progress, formatDuration, formatProgress } from "../../../../gate/wait/polling";

const progress = (fields: Partial<Progress> = {}): Progress => ({
  scanId: "31",
  state: "running",
  elapsedMs: 200_000,
  polls: 14,
  remainingMs: 3_400_000,
  ...fields,
});

test.each<[string, Partial<Progress>, string]>([
  ["state, time, polls and what is left", {}, "scan 31 running, 3m 20s elapsed, 14 polls, 56m 40s left"],
  ["one poll", { polls: 1, elapsedMs: 0 }, "scan 31 running, 0s elapsed, 1 poll, 56m 40s left"],
  ["no state yet", { state: undefined }, "scan 31 not seen yet, 3m 20s elapsed, 14 polls, 56m 40s left"],
  [
    "why there was no answer",
    { problem: "no route." },
    "scan 31 running, 3m 20s elapsed, 14 polls, 56m 40s left; the service does not answer, retrying: no route.",
  ],
])("a line says %s", (_what, fields, expected) => {
  expect(formatProgress(progress(fields))).toBe(expected);
});

test.each([
  [-1, "0s"],
  [0, "0s"],
  [499, "0s"],
  [500, "1s"],
  [59_499, "59s"],
  [59_500, "1m 0s"],
  [60_000, "1m 0s"],
  [200_000, "3m 20s"],
  [3_599_499, "59m 59s"],
  [3_599_500, "1h 0m"],
  [3_600_000, "1h 0m"],
  [7_500_000, "2h 5m"],
  [604_800_000, "168h 0m"],
])("%d ms are %s", (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});
