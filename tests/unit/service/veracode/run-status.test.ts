import {
  MockVeracode,
  OTHER_RUN_ID,
  problem,
  RUN_ID,
  RUN_PATH,
  run,
  RUNS_PATH,
  TARGET_ID,
  TARGET_PATH,
} from "./mock-veracode";

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

describe("a status", () => {
  const status = () => service.veracode().runs.getRunStatus(TARGET_ID, RUN_ID);

  test.each([
    ["RUNNING", "running"],
    ["STOPPING", "running"],
    ["STOPPED", "stopped"],
    ["FINISHED", "finished"],
    ["FAILED", "failed"],
    ["QUEUED", "unknown"],
    ["finished", "unknown"],
  ])("of %s is %s", async (word, state) => {
    service.answers("GET", RUN_PATH, 200, run(word, { max_cvss: null }));

    const reason = state === "unknown" ? { reason: `the service calls it ${word}` } : {};
    await expect(status()).resolves.toEqual({ scanId: RUN_ID, state, ...reason });
  });

  test("of a run that the service does not know is undefined", async () => {
    service.answers("GET", RUN_PATH, 404, problem(404));

    await expect(status()).resolves.toBeUndefined();
  });

  describe("of a run whose 404 is not the service's own", () => {
    beforeEach(() => {
      service.answersText("GET", RUN_PATH, 404, "", {});
    });

    test("is undefined where the target's runs do not have it", async () => {
      service.hasRuns(run("FINISHED", { analysis_run_id: OTHER_RUN_ID }));

      await expect(status()).resolves.toBeUndefined();
    });

    test("is undefined where the target is gone", async () => {
      service.answersText("GET", RUNS_PATH, 404, "", {});
      service.answers("GET", TARGET_PATH, 404, problem(404));

      await expect(status()).resolves.toBeUndefined();
    });

    test("fails where the target's runs have it", async () => {
      service.hasRuns(run("RUNNING"));

      await expect(status()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
    });

    test("fails where nothing is the service's own", async () => {
      service.answersText("GET", RUNS_PATH, 404, "", {});
      service.answersText("GET", TARGET_PATH, 404, "", {});

      await expect(status()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
    });
  });

  test.each([[{}], [null], [[]], ["text"]])("cannot be read out of %j", async (body) => {
    service.answers("GET", RUN_PATH, 200, body);

    await expect(status()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });
});
