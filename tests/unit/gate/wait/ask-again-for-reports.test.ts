import type { ErrorCode } from "../../../../errors/errors";
import { collect, FakeReports, JSON_REPORT, XML_REPORT } from "./fake-reports";
import { failure } from "./simulated-wait";

const SILENT: readonly ErrorCode[] = ["UNREACHABLE", "TIMEOUT", "RATE_LIMITED", "SERVER_ERROR"];
const ANSWERED: readonly ErrorCode[] = ["NOT_FOUND", "SCAN_NOT_FINISHED", "REPORT_EMPTY", "UNEXPECTED_ANSWER"];
const MINUTE_MS = 60_000;

test.each([...SILENT, ...ANSWERED])("%s twice, then a report, is a report, also in a preview", async (code) => {
  const ports = new FakeReports([failure(code), failure(code), JSON_REPORT]);

  expect((await collect("project", ports)).findings?.findings).toHaveLength(1);
  expect(ports.waitsMs).toEqual([2_000, 2_200]);
});

test.each([...SILENT, ...ANSWERED])("%s three times is enough in a preview", async (code) => {
  const ports = new FakeReports([failure(code), failure(code), failure(code), JSON_REPORT]);

  expect((await collect("project", ports)).reportProblems).toHaveLength(1);
  expect(ports.asked).toEqual(["xml", "json", "json", "json"]);
  expect(ports.waitsMs).toHaveLength(2);
});

test.each(ANSWERED)("%s three times is enough, however much time is left", async (code) => {
  const ports = new FakeReports([failure(code), failure(code), failure(code), JSON_REPORT]);

  expect((await collect("project", ports, 60 * MINUTE_MS)).reportProblems).toHaveLength(1);
  expect(ports.asked).toEqual(["xml", "json", "json", "json"]);
});

describe.each(SILENT)("while the service is silent (%s)", (code) => {
  const silence = failure(code);

  test("a report is asked for on and on, and is taken when it comes", async () => {
    const ports = new FakeReports([...Array<Error>(9).fill(silence), JSON_REPORT]);

    expect((await collect("project", ports, 60 * MINUTE_MS)).findings?.findings).toHaveLength(1);
    expect(ports.asked).toHaveLength(1 + 10);
  });

  test("the last request comes at the timeout, and not after it", async () => {
    const ports = new FakeReports([silence]);
    const startMs = ports.timeMs;

    expect((await collect("project", ports, MINUTE_MS)).reportProblems).toMatchObject([
      { reason: "reportMissing", problem: silence.message },
    ]);
    expect(ports.timeMs - startMs).toBeCloseTo(MINUTE_MS);
    expect(ports.asked.length).toBeGreaterThan(4);
  });
});

test.each([...SILENT, ...ANSWERED])("%s once is enough where no time is left", async (code) => {
  const ports = new FakeReports([failure(code), JSON_REPORT]);

  expect((await collect("project", ports, 0)).reportProblems).toHaveLength(1);
  expect(ports.waitsMs).toEqual([]);
});

test.each([
  [900, 0],
  [1_100, 1],
])("a report that is there %i ms after the timeout: %i problem", async (lateMs, count) => {
  const ports = new FakeReports();
  ports.answerMs = (MINUTE_MS + lateMs) / 2;

  expect((await collect("project", ports, MINUTE_MS)).reportProblems ?? []).toHaveLength(count);
});

test("what the service said last is told, and not that the timeout cut the last request off", async () => {
  const ports = new FakeReports([failure("RATE_LIMITED", 86_400_000), failure("TIMEOUT")]);

  expect((await collect("project", ports, MINUTE_MS)).reportProblems).toMatchObject([
    { problem: failure("RATE_LIMITED", 86_400_000).message },
  ]);
});

test("both reports share the time that is left", async () => {
  const ports = new FakeReports([failure("UNREACHABLE")], [failure("UNREACHABLE")]);
  const startMs = ports.timeMs;

  expect((await collect("project", ports, MINUTE_MS)).reportProblems).toHaveLength(2);
  expect(ports.asked.filter((format) => format === "json")).toHaveLength(1);
  expect(ports.timeMs - startMs).toBeLessThan(MINUTE_MS + 5_000);
});

test("pauses grow by a tenth of the time so far, to a minute at the most", async () => {
  const ports = new FakeReports([JSON_REPORT], [failure("UNREACHABLE")]);

  await collect("webhook", ports, 60 * MINUTE_MS);

  expect(ports.waitsMs.slice(0, 3)).toEqual([2_000, 2_200, 2_420]);
  expect(Math.max(...ports.waitsMs)).toBe(MINUTE_MS);
});

test("an answer after silence ends it: three requests are enough then", async () => {
  const silence = failure("UNREACHABLE");
  const ports = new FakeReports([silence, silence, silence, silence, failure("NOT_FOUND"), JSON_REPORT]);

  expect((await collect("project", ports, 60 * MINUTE_MS)).reportProblems).toMatchObject([
    { problem: "it was NOT_FOUND." },
  ]);
  expect(ports.asked).toHaveLength(1 + 5);
});

test.each<[string, string | Error]>([
  ["REPORT_TOO_LARGE", failure("REPORT_TOO_LARGE")],
  ["FORBIDDEN", failure("FORBIDDEN")],
  ["a report that cannot be read", "{"],
  ["a text without a character", ""],
  ["a defect", new Error("x")],
])("asking again is of no use after %s", async (_what, answer) => {
  const ports = new FakeReports([answer, JSON_REPORT]);

  expect((await collect("project", ports, MINUTE_MS)).reportProblems).toHaveLength(1);
  expect(ports.asked).toEqual(["xml", "json"]);
  expect(ports.told).toEqual([]);
});

test.each([
  [7_000, 7_000],
  [500, 2_000],
  [3_600_000, MINUTE_MS],
])("where the service asks for %i ms, it is after %i ms of a minute that is left", async (retryAfterMs, waitMs) => {
  const ports = new FakeReports([JSON_REPORT], [failure("RATE_LIMITED", retryAfterMs), XML_REPORT]);

  expect((await collect("project", ports, MINUTE_MS)).scannerErrors).toEqual([]);
  expect(ports.waitsMs).toEqual([waitMs]);
});

test.each([0, MINUTE_MS])("asking ends where the wait is stopped, with %i ms left", async (remainingMs) => {
  const ports = new FakeReports([failure("TIMEOUT"), JSON_REPORT]);
  ports.waitEnd = "stopped";

  expect((await collect("project", ports, remainingMs)).reportProblems).toMatchObject([{ problem: "it was TIMEOUT." }]);
  expect(ports.asked).toEqual(["xml", "json"]);
});

test("each pause is told, with the time and the problem; what comes at once is not", async () => {
  const ports = new FakeReports([failure("TIMEOUT"), failure("SERVER_ERROR"), JSON_REPORT]);

  await collect("project", ports, MINUTE_MS);

  const told = { scanId: "31", state: "finished" };
  expect(ports.told).toEqual([
    { ...told, elapsedMs: 0, polls: 1, remainingMs: 60_000, problem: "it was TIMEOUT." },
    { ...told, elapsedMs: 2_000, polls: 2, remainingMs: 58_000, problem: "it was SERVER_ERROR." },
  ]);
});

test("a last request that fails is told by nobody: the verdict says it", async () => {
  const ports = new FakeReports([failure("NOT_FOUND")]);

  await collect("project", ports, MINUTE_MS);

  expect(ports.told.map(({ polls }) => polls)).toEqual([1, 2]);
});
