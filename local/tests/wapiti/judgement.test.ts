import { judgeRun, MAX_UPSTREAM_FAILURES, type RunEvidence } from "../../src/scanners/wapiti/judgement";
import { ModuleAnswers } from "../../src/scanners/wapiti/answer-statuses";
import type { Crawl } from "../../src/scanners/wapiti/crawl";
import { emptyRunLog, type RunLog } from "../../src/scanners/wapiti/output";

const MODULES = ["xss", "sql", "csp"];

const SHOWN = { contentType: "text/html", location: undefined, hasPasswordField: false };

function crawlOf(status: number): Crawl {
  return { answers: [{ method: "GET", url: "http://127.0.0.1/", status, ...SHOWN }], parameterCount: 1 };
}

const RESULTS = { crawledPages: 7, findings: [], crawl: crawlOf(200) };

function answersOf(module: string, ...statuses: number[]): ModuleAnswers {
  const answers = new ModuleAnswers();
  for (const status of statuses) answers.add(module, status);
  return answers;
}

function logOf(change: Partial<RunLog> = {}): RunLog {
  return { ...emptyRunLog(), foundUrls: 7, launched: MODULES, ...change };
}

function evidence(change: Partial<RunEvidence> = {}): RunEvidence {
  return {
    modules: MODULES,
    passiveModules: [],
    wasStopped: false,
    exceededSeconds: undefined,
    exit: { code: 0, signal: null },
    lastErrors: "",
    report: RESULTS,
    limits: { crawlSeconds: 300, memoryBytes: 1_073_741_824 },
    log: logOf(),
    counts: { forwarded: 1000, upstreamFailures: MAX_UPSTREAM_FAILURES, ownAnswers: 900 },
    redirectHosts: [],
    ...{ moduleAnswers: new ModuleAnswers(), areAnswersSeen: true, statusAfter: 200 },
    ...change,
  };
}

describe("judgeRun", () => {
  it("takes a run for finished where everything speaks for it", () => {
    expect(judgeRun(evidence())).toEqual({ state: "finished", errors: [], completedModules: MODULES });
  });

  it.each<[string, Partial<RunEvidence>, RegExp]>([
    ["no page was crawled", { report: { ...RESULTS, crawledPages: 0 } }, /reached no page/],
    [
      "each answer led away",
      { counts: { forwarded: 9, upstreamFailures: 0, ownAnswers: 0 }, redirectHosts: ["login.example:443"] },
      /reached no page.*redirected to login\.example:443.*--allow-target/,
    ],
    ["there is no report", { report: { problem: "it is missing" } }, /report cannot be read: it is missing/],
    [
      "many requests got no answer",
      { counts: { forwarded: 90, upstreamFailures: MAX_UPSTREAM_FAILURES + 1, ownAnswers: 70 } },
      /11 of 90 requests/,
    ],
    [
      "it was ended, for many requests got no answer",
      {
        counts: { forwarded: 90, upstreamFailures: MAX_UPSTREAM_FAILURES + 1, ownAnswers: 70 },
        exit: { code: null, signal: "SIGTERM" },
        report: { problem: "it is missing" },
      },
      /11 of 90 requests/,
    ],
    ["the target is gone afterwards", { statusAfter: undefined }, /no longer answers/],
    ["each page was an error", { report: { ...RESULTS, crawl: crawlOf(503) } }, /answered 503 to the only request/],
    [
      "nobody saw the answers, and the target refuses afterwards",
      { areAnswersSeen: false, statusAfter: 429 },
      /^the target answers 429 after the scan/,
    ],
    [
      "an option was wrong",
      { exit: { code: 2, signal: null }, lastErrors: "usage\nbad option" },
      /exited with code 2: bad option/,
    ],
    ["somebody killed it", { exit: { code: null, signal: "SIGKILL" } }, /killed from outside \(SIGKILL\)/],
    ["somebody ended it", { exit: { code: null, signal: "SIGTERM" } }, /terminated from outside \(SIGTERM\)/],
    ["it broke down", { exit: { code: null, signal: "SIGSEGV" } }, /crashed \(SIGSEGV\); .* memory limit/],
    ["it ended without a code", { exit: { code: null, signal: null } }, /exited with code unknown$/],
    ["it had too little memory", { log: logOf({ isOutOfMemory: true }) }, /exceeded its memory limit \(1024 MiB\)/],
    ["the crawl was cut off", { log: logOf({ isCrawlCutOff: true }) }, /crawl took longer than 300 seconds/],
    ["it took too long", { exceededSeconds: 60, exit: { code: null, signal: "SIGTERM" } }, /longer than 60 seconds/],
    ["no module ran", { log: logOf({ launched: [] }) }, /no module ran to the end/],
  ])("takes a run for failed where %s, whatever the exit code", (_case, change, reason) => {
    const judgement = judgeRun(evidence(change));

    expect(judgement.state).toBe("failed");
    expect(judgement.reason).toMatch(reason);
    expect(judgement.completedModules).toEqual([]);
  });

  it("takes a run that we ended for stopped, whatever else it looks like", () => {
    const stopped = evidence({
      wasStopped: true,
      exit: { code: null, signal: "SIGTERM" },
      report: { problem: "it is missing" },
    });

    expect(judgeRun(stopped)).toMatchObject({ state: "stopped", completedModules: [] });
  });

  it("gives the scanner of a module that was not started or had trouble an error", () => {
    const log = logOf({ launched: ["xss", "sql"], troubles: new Map([["sql", "the module ran out of time"]]) });

    expect(judgeRun(evidence({ log }))).toEqual({
      state: "finished",
      completedModules: ["xss"],
      errors: [
        { scanner: "sqlinjection", message: "sql: the module ran out of time" },
        { scanner: "ssl", message: "csp: the module was not started" },
      ],
    });
  });

  it("gives the scanner of a module an error where most of its answers were refusals", () => {
    const moduleAnswers = answersOf("sql", 200, 429, 503);

    expect(judgeRun(evidence({ moduleAnswers }))).toEqual({
      state: "finished",
      completedModules: ["xss", "csp"],
      errors: [
        { scanner: "sqlinjection", message: "sql: the target answered 429 or 503 to 2 of the module's 3 requests" },
      ],
    });
    expect(judgeRun(evidence({ moduleAnswers: answersOf("sql", 200, 429) })).errors).toEqual([]);
  });

  it.each<[string, Partial<RunEvidence>]>([
    ["refuses afterwards, where each module was judged by its own answers", { statusAfter: 503 }],
    ["has no first page afterwards", { areAnswersSeen: false, statusAfter: 404 }],
  ])("does not blame a target that %s", (_case, change) => {
    expect(judgeRun(evidence(change)).state).toBe("finished");
  });

  it("takes a module that runs along with the crawl for run where the crawl came to its end", () => {
    const log = logOf({ launched: ["xss", "sql"] });
    const passiveModules = ["csp"];

    expect(judgeRun(evidence({ passiveModules, log })).errors).toEqual([]);
    expect(judgeRun(evidence({ passiveModules, log: { ...log, foundUrls: undefined } })).errors).toHaveLength(1);
  });
});
