import { failureOf } from "../crashtest/mock-service";
import {
  MockVeracode,
  OTHER_RUN_ID,
  problem,
  REST,
  RUN_ID,
  RUN_PATH,
  run,
  RUNS_PATH,
  SERVICE,
  TARGET_ID,
  TARGET_PATH,
  target,
} from "./mock-veracode";

const START = `${REST}/analysis_run`;
const STOP = `${START}/${TARGET_ID}/stop?action=STOP_SAVE`;
const OTHER = { analysis_run_id: OTHER_RUN_ID };
const THIRD = { analysis_run_id: "2c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f" };

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

describe("a start", () => {
  const start = () => service.veracode().runs.startRun(TARGET_ID);
  const refuse = (status: number, body: object = problem(status)) => service.answers("POST", START, status, body);

  test.each(["RUNNING", "STOPPING"])("that is refused while a run is %s joins that run", async (status) => {
    service.hasRuns(run("FINISHED", OTHER), run(status));
    service.answersText("POST", START, 400, "", {});
    service.hasRuns(run("FINISHED", OTHER), run(status));

    await expect(start()).resolves.toEqual({
      scanId: RUN_ID,
      joined: true,
      startedAt: "2026-11-01T08:00:00.000Z",
      service: SERVICE,
    });
  });

  test("that is answered with the run that was on joins it", async () => {
    service.hasRuns(run("RUNNING"));
    service.answers("POST", START, 200, run("RUNNING"));

    await expect(start()).resolves.toMatchObject({ scanId: RUN_ID, joined: true });
  });

  test("that is refused while no run is on fails with what the service says", async () => {
    service.hasRuns(run("FINISHED"));
    refuse(400, problem(400, "INVALID_ANALYSIS_PROFILE"));
    service.hasRuns(run("FINISHED"));
    service.answers("GET", TARGET_PATH, 200, target());

    const error = await failureOf(start());

    expect(error.code).toBe("INVALID_REQUEST");
    expect(error.message).toContain("INVALID_ANALYSIS_PROFILE");
  });

  describe("that is refused without a reason while no run is on", () => {
    const refuseWithoutReason = () => {
      service.hasRuns(run("FINISHED", OTHER));
      service.answersText("POST", START, 400, "", {});
      service.hasRuns(run("FINISHED", OTHER));
      service.answers("GET", TARGET_PATH, 200, target());
    };

    test("is sent once more, since a run may just have ended", async () => {
      refuseWithoutReason();
      service.hasRuns(run("FINISHED", OTHER));
      service.answers("POST", START, 200, run("RUNNING"));

      await expect(start()).resolves.toMatchObject({ scanId: RUN_ID, joined: false });
    });

    test("fails the second time, and says so", async () => {
      refuseWithoutReason();
      refuseWithoutReason();

      const error = await failureOf(start());

      expect(error.code).toBe("CONFLICT");
      expect(error.message).toContain(
        "the service refused the start without a reason (400), twice, although no scan runs",
      );
    });
  });

  test.each([
    ["before it, by a 404", () => service.answers("GET", RUNS_PATH, 404, problem(404))],
    ["before it, by a 404 without a body", () => service.answersText("GET", RUNS_PATH, 404, "", {})],
    ["before it, by a 400", () => service.answers("GET", RUNS_PATH, 400, problem(400))],
    [
      "by a 400",
      () => {
        service.hasRuns();
        refuse(400);
        service.hasRuns();
      },
    ],
    [
      "by a 404",
      () => {
        service.hasRuns();
        refuse(404);
        service.hasRuns();
      },
    ],
  ])("of a target that is gone says so as a value: %s", async (_when, answer) => {
    answer();
    service.answers("GET", TARGET_PATH, 404, problem(404));

    await expect(start()).resolves.toBe("projectNotFound");
  });

  test("that is forbidden fails", async () => {
    service.hasRuns();
    service.answersText("POST", START, 403, "", {});

    await expect(start()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  describe.each<[string, () => unknown]>([
    [
      "a broken connection",
      () => service.pool.intercept({ method: "POST", path: START }).replyWithError(new Error("reset")),
    ],
    ["a 502 page", () => service.answersText("POST", START, 502, "<html>", { "content-type": "text/html" })],
    ["null", () => service.answers("POST", START, 200, null)],
    ["a run without an ID", () => service.answers("POST", START, 200, { status: "RUNNING" })],
  ])("whose answer is lost by %s", (_loss, lose) => {
    beforeEach(() => {
      service.hasRuns(run("FINISHED", OTHER));
      lose();
    });

    test("follows the only run that was not there before", async () => {
      service.hasRuns(run("RUNNING"), run("FINISHED", OTHER));

      await expect(start()).resolves.toEqual({
        scanId: RUN_ID,
        joined: true,
        isFoundAfterLostStart: true,
        startedAt: "2026-11-01T08:00:00.000Z",
        service: SERVICE,
      });
    });

    test("fails where no run has begun", async () => {
      service.hasRuns(run("FINISHED", OTHER));

      const error = await failureOf(start());

      expect(["OUTCOME_UNKNOWN", "SERVER_ERROR", "UNEXPECTED_ANSWER"]).toContain(error.code);
      expect(error.message).toContain("Run again: a scan that was started and is still running is joined.");
    });

    test("fails where several have begun, and names them", async () => {
      service.hasRuns(run("RUNNING"), run("STOPPED", THIRD), run("FINISHED", OTHER));

      const error = await failureOf(start());

      expect(error.code).toBe("OUTCOME_UNKNOWN");
      expect(error.message).toContain(`2 scans have begun since, ${RUN_ID}, ${THIRD.analysis_run_id}`);
    });

    test("fails by its own error where the runs cannot be listed", async () => {
      service.answersText("GET", RUNS_PATH, 403, "", {});

      const error = await failureOf(start());

      expect(error.message).toContain(`Could not start a scan of target ${TARGET_ID}`);
    });
  });
});

describe("a stop", () => {
  const stop = (options = {}) => service.veracode().runs.stopRun(TARGET_ID, RUN_ID, options);
  const isRun = (status: string) => service.answers("GET", RUN_PATH, 200, run(status));

  test("saves what the run found", async () => {
    isRun("RUNNING");
    service.answersText("POST", STOP, 200, "", {});

    await expect(stop()).resolves.toBe("stopped");
  });

  test.each(["FINISHED", "STOPPED", "FAILED"])("of a run that is %s stops nothing, whatever runs", async (status) => {
    isRun(status);

    await expect(stop()).resolves.toBe("notRunning");
  });

  test("of a run that is already stopping asks for nothing", async () => {
    isRun("STOPPING");

    await expect(stop()).resolves.toBe("stopped");
  });

  test("of a run that is gone says so", async () => {
    service.answers("GET", RUN_PATH, 404, problem(404));

    await expect(stop()).resolves.toBe("notFound");
  });

  test.each([
    ["FINISHED", "notRunning"],
    ["STOPPING", "stopped"],
  ])("that comes when the run is %s already is no failure", async (status, outcome) => {
    isRun("RUNNING");
    service.answers("POST", STOP, 400, problem(400, "INVALID_TARGET_STATE"));
    isRun(status);

    await expect(stop()).resolves.toBe(outcome);
  });

  test("that is refused while the run goes on fails", async () => {
    isRun("RUNNING");
    service.answers("POST", STOP, 400, problem(400));
    isRun("RUNNING");

    await expect(stop()).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  test("waits until the run has stopped", async () => {
    isRun("RUNNING");
    service.answersText("POST", STOP, 200, "", {});
    for (const status of ["RUNNING", "STOPPING", "STOPPED"]) isRun(status);

    await expect(stop({ untilStopped: true })).resolves.toBe("stopped");
    expect(service.waits).toEqual([2_000, 2_000]);
  });

  test("whose wait is aborted fails like a request without an answer", async () => {
    const ending = new AbortController();
    isRun("RUNNING");
    service.answersText("POST", STOP, 200, "", {});
    isRun("STOPPING");
    const sleep = (): Promise<void> => {
      ending.abort();
      return Promise.reject(new Error("aborted"));
    };

    const stopping = service.veracode({ sleep }).runs.stopRun(TARGET_ID, RUN_ID, {
      untilStopped: true,
      signal: ending.signal,
    });

    await expect(stopping).rejects.toMatchObject({ code: "UNREACHABLE" });
  });

  test("does not wait for more than five minutes", async () => {
    isRun("STOPPING");
    service.pool
      .intercept({ method: "GET", path: RUN_PATH })
      .reply(200, JSON.stringify(run("STOPPING")))
      .times(150);

    const error = await failureOf(stop({ untilStopped: true }));

    expect(error.code).toBe("CONFLICT");
    expect(error.message).toContain("is still stopping after 5 minutes");
    expect(service.waits.reduce((sum, wait) => sum + wait, 0)).toBe(300_000);
  });
});
