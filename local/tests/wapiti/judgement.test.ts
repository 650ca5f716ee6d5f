import { judgeRun, MAX_UPSTREAM_FAILURES, type RunEvidence } from "../../src/scanners/wapiti/judgement";

const MODULES = ["xss", "sql", "csp"];

function evidence(change: Partial<RunEvidence> = {}): RunEvidence {
  return {
    modules: MODULES,
    passiveModules: [],
    wasStopped: false,
    exceededSeconds: undefined,
    exit: { code: 0, signal: null },
    lastErrors: "",
    report: { crawledPages: 7, findings: [] },
    log: { foundUrls: 7, launched: MODULES, troubles: new Map() },
    counts: { forwarded: 1000, upstreamFailures: MAX_UPSTREAM_FAILURES },
    answersAfter: true,
    ...change,
  };
}

describe("judgeRun", () => {
  it("takes a run for finished where everything speaks for it", () => {
    expect(judgeRun(evidence())).toEqual({ state: "finished", errors: [], completedModules: MODULES });
  });

  it.each<[string, Partial<RunEvidence>, RegExp]>([
    ["no page was crawled", { report: { crawledPages: 0, findings: [] } }, /reached no page/],
    ["there is no report", { report: { problem: "there is none" } }, /no report that can be read: there is none/],
    [
      "many requests got no answer",
      { counts: { forwarded: 90, upstreamFailures: MAX_UPSTREAM_FAILURES + 1 } },
      /11 of 90 requests/,
    ],
    ["the target is gone afterwards", { answersAfter: false }, /does not answer any more/],
    [
      "an option was wrong",
      { exit: { code: 2, signal: null }, lastErrors: "usage\nbad option" },
      /exit code 2: bad option/,
    ],
    ["somebody killed it", { exit: { code: null, signal: "SIGKILL" } }, /ended from outside \(SIGKILL\)/],
    ["it took too long", { exceededSeconds: 60, exit: { code: null, signal: "SIGTERM" } }, /longer than 60 seconds/],
    ["no module ran", { log: { foundUrls: 7, launched: [], troubles: new Map() } }, /no module ran to its end/],
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
      report: { problem: "there is none" },
    });

    expect(judgeRun(stopped)).toMatchObject({ state: "stopped", completedModules: [] });
  });

  it("gives the scanner of a module that was not started or had trouble an error", () => {
    const log = { foundUrls: 7, launched: ["xss", "sql"], troubles: new Map([["sql", "the module ran out of time"]]) };

    expect(judgeRun(evidence({ log }))).toEqual({
      state: "finished",
      completedModules: ["xss"],
      errors: [
        { scanner: "sqlinjection", message: "sql: the module ran out of time" },
        { scanner: "ssl", message: "csp: the module was not started" },
      ],
    });
  });

  it("takes a module that runs along with the crawl for run where the crawl came to its end", () => {
    const log = { foundUrls: 7, launched: ["xss", "sql"], troubles: new Map<string, string>() };
    const passiveModules = ["csp"];

    expect(judgeRun(evidence({ passiveModules, log })).errors).toEqual([]);
    expect(judgeRun(evidence({ passiveModules, log: { ...log, foundUrls: undefined } })).errors).toHaveLength(1);
  });
});
