import type { ErrorCode } from "../../../../errors/errors";
import { followScan } from "../../../../gate/wait/follow-scan";
import { failure, limits, SimulatedWait, status } from "./simulated-wait";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const FINISHED = { end: { kind: "status", state: "finished", statusCode: 3 }, status: status("finished", 3) };

test.each(["finished", "stopped", "failed", "unknown"] as const)(
  "a scan that is %s is an end at once",
  async (state) => {
    const service = SimulatedWait.of(status(state, 42));

    expect(await followScan(service, limits())).toEqual({
      end: { kind: "status", state, statusCode: 42 },
      status: status(state, 42),
    });
    expect(service.requestsMs).toEqual([0]);
    expect(service.told).toEqual([]);
  },
);

test("a scan that the service does not know is gone at once", async () => {
  const service = SimulatedWait.of(undefined);

  expect(await followScan(service, limits())).toEqual({ end: { kind: "gone" }, status: undefined });
  expect(service.requestsMs).toEqual([0]);
});

test("a scan that goes away while it runs is gone, and the status is the last that was seen", async () => {
  const service = SimulatedWait.of(status("running"), undefined);

  expect(await followScan(service, limits())).toEqual({ end: { kind: "gone" }, status: status("running") });
});

test("a scan is asked for until it has ended, and each wait is told", async () => {
  const service = SimulatedWait.of(status("queued", 1), status("running"), status("finished", 3));

  expect(await followScan(service, limits())).toEqual(FINISHED);
  expect(service.requestsMs).toEqual([0, 2_000, 4_200]);
  expect(service.told).toEqual([
    { scanId: "31", state: "queued", elapsedMs: 0, polls: 1, remainingMs: HOUR_MS, problem: undefined },
    { scanId: "31", state: "running", elapsedMs: 2_000, polls: 2, remainingMs: HOUR_MS - 2_000, problem: undefined },
  ]);
});

test("waits are shortened at random, and never longer than the interval", async () => {
  const service = new SimulatedWait((elapsedMs) => (elapsedMs < 600_000 ? status("running") : status("finished", 3)));
  service.random = () => 0.5;

  await followScan(service, limits({ pollIntervalSeconds: 10 }));

  expect(service.waitsMs[0]).toBeCloseTo(1_900);
  expect(Math.max(...service.waitsMs)).toBeCloseTo(9_500);
});

describe("the timeout", () => {
  test.each([
    [1, [0, 1_000]],
    [2, [0, 2_000]],
    [3, [0, 2_000, 3_000]],
    [0.001, [0, 1]],
  ])("of %d s has its last request at that very time", async (timeoutSeconds, requestsMs) => {
    const service = SimulatedWait.of(status("running"));

    expect(await followScan(service, limits({ timeoutSeconds }))).toEqual({
      end: { kind: "timedOut", isStopped: false },
      status: status("running"),
    });
    expect(service.requestsMs).toEqual(requestsMs);
  });

  test("does not close on a scan that ends at that very time", async () => {
    const service = new SimulatedWait((elapsedMs) => (elapsedMs < 60_000 ? status("running") : status("finished", 3)));

    expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toEqual(FINISHED);
    expect(service.requestsMs.at(-1)).toBeCloseTo(60_000);
  });

  test("counts from the first request, whatever the clock says", async () => {
    const service = SimulatedWait.of(status("running"));
    service.timeMs = 9_999_999_999;

    await followScan(service, limits({ timeoutSeconds: 2 }));

    expect(service.requestsMs).toEqual([0, 2_000]);
  });

  test("has come where an answer took longer than it", async () => {
    const service = SimulatedWait.of(status("running"));
    service.answerMs = 90_000;

    expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toMatchObject({ end: { kind: "timedOut" } });
    expect(service.requestsMs).toEqual([0]);
  });

  test.each([
    [900, "status"],
    [1_100, "timedOut"],
  ])("lets an answer that comes %i ms after it end as %s", async (lateMs, kind) => {
    const service = SimulatedWait.of(status("finished", 3));
    service.answerMs = 60_000 + lateMs;

    expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toMatchObject({ end: { kind } });
    expect(service.limitsMs).toEqual([61_000]);
  });

  test("that cuts the last request off leaves what the service said before", async () => {
    const service = SimulatedWait.of(failure("RATE_LIMITED", HOUR_MS), failure("TIMEOUT"));

    expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toMatchObject({
      end: { kind: "unreachable", problem: failure("RATE_LIMITED", HOUR_MS).message },
    });
  });

  test("of a service that never answered says so", async () => {
    const service = SimulatedWait.of(failure("UNREACHABLE"));

    expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toEqual({
      end: { kind: "unreachable", problem: "it was UNREACHABLE." },
      status: undefined,
    });
    expect(service.requestsMs.at(-1)).toBeCloseTo(60_000);
  });
});

test.each<ErrorCode>([
  "UNREACHABLE",
  "TIMEOUT",
  "TLS_FAILED",
  "SERVER_ERROR",
  "RATE_LIMITED",
  "UNEXPECTED_ANSWER",
  "NOT_FOUND",
  "CONFLICT",
])("%s for a while is no end", async (code) => {
  const service = SimulatedWait.of(status("running"), failure(code), failure(code), status("finished", 3));

  expect(await followScan(service, limits())).toEqual(FINISHED);
  expect(service.told.map(({ state, problem }) => [state, problem])).toEqual([
    ["running", undefined],
    ["running", `it was ${code}.`],
    ["running", `it was ${code}.`],
  ]);
});

test("where the first requests fail, there is no state yet", async () => {
  const service = SimulatedWait.of(failure("UNREACHABLE"), status("finished", 3));

  expect(await followScan(service, limits())).toEqual(FINISHED);
  expect(service.told.map(({ state }) => state)).toEqual([undefined]);
});

test.each(["UNAUTHENTICATED", "FORBIDDEN", "INVALID_REQUEST", "CONFIGURATION_INVALID", "ARGUMENT_INVALID"] as const)(
  "%s ends it at once",
  async (code) => {
    const service = SimulatedWait.of(status("running"), failure(code));

    expect(await followScan(service, limits())).toEqual({
      end: { kind: "unreachable", problem: `it was ${code}.` },
      status: status("running"),
    });
    expect(service.requestsMs).toHaveLength(2);
  },
);

test("an error without a code is a defect and ends it at once", async () => {
  const service = SimulatedWait.of(new TypeError("x is undefined"));

  expect(await followScan(service, limits())).toMatchObject({
    end: { kind: "unreachable", problem: "x is undefined" },
  });
});

describe("Retry-After", () => {
  test.each([
    ["longer than the plan", 60_000, [0, 60_000, 68_000]],
    ["longer than the interval", 600_000, [0, 600_000, 662_000]],
    ["shorter than the plan", 100, [0, 2_000, 4_200]],
  ])("that is %s is obeyed as far as it is longer", async (_what, retryAfterMs, requestsMs) => {
    const service = SimulatedWait.of(failure("RATE_LIMITED", retryAfterMs), status("running"), status("finished", 3));

    await followScan(service, limits());

    expect(service.requestsMs).toEqual(requestsMs);
  });

  test("goes not past the timeout", async () => {
    const service = SimulatedWait.of(failure("RATE_LIMITED", HOUR_MS), status("finished", 3));

    expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toEqual(FINISHED);
    expect(service.requestsMs).toEqual([0, 60_000]);
  });
});

describe("where it asks once", () => {
  test.each(["queued", "running"] as const)("a scan that is %s is what it comes back with", async (state) => {
    const service = SimulatedWait.of(status(state));

    expect(await followScan(service, limits({ asksOnce: true }))).toEqual({
      end: { kind: "status", state, statusCode: 2 },
      status: status(state),
    });
    expect([service.requestsMs.length, service.waitsMs.length, service.told.length]).toEqual([1, 0, 0]);
  });

  test("an answer after the timeout is none", async () => {
    const service = SimulatedWait.of(status("finished", 3));
    service.answerMs = 62_000;

    expect(await followScan(service, limits({ asksOnce: true, timeoutSeconds: 60 }))).toMatchObject({
      end: { kind: "unreachable", problem: "the answer came after the timeout" },
    });
  });

  test("no answer is what it comes back with", async () => {
    const service = SimulatedWait.of(failure("TIMEOUT"));

    expect(await followScan(service, limits({ asksOnce: true }))).toEqual({
      end: { kind: "unreachable", problem: "it was TIMEOUT." },
      status: undefined,
    });
    expect(service.waitsMs).toEqual([]);
  });
});

test("a wait that is stopped ends it, with no more requests", async () => {
  const service = SimulatedWait.of(status("running"));
  service.waitsUntilStop = 3;

  expect(await followScan(service, limits())).toEqual({
    end: { kind: "unreachable", problem: "the run was interrupted" },
    status: status("running"),
  });
  expect(service.requestsMs).toHaveLength(4);
});

test.each([
  [1, 3_600, 75],
  [6, 21_600, 245],
])("a scan of %i h takes few requests, at any random numbers", async (_hours, seconds, atMost) => {
  for (const random of [() => 0, () => 0.5, () => 1 - 2 ** -53]) {
    const isOver = (elapsedMs: number): boolean => elapsedMs >= seconds * SECOND_MS;
    const service = new SimulatedWait((elapsedMs) => (isOver(elapsedMs) ? status("finished", 3) : status("running")));
    service.random = random;

    expect(await followScan(service, limits({ timeoutSeconds: seconds + 600 }))).toEqual(FINISHED);
    expect(service.requestsMs.length).toBeLessThanOrEqual(atMost);
  }
});

test("the timeout of a scan that was running is one, though the last request had no answer", async () => {
  const service = new SimulatedWait((elapsedMs) => (elapsedMs < 60_000 ? status("running") : failure("UNREACHABLE")));

  expect(await followScan(service, limits({ timeoutSeconds: 60 }))).toMatchObject({ end: { kind: "timedOut" } });
});
