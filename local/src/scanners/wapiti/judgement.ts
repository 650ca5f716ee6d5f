import type { ScanOutcome } from "../scanner";
import { isRefusal, troubleOfAnswers, type ModuleAnswers } from "./answer-statuses";
import { crawlProblem, type Crawl } from "./crawl";
import { scannerOfModule } from "./modules";
import type { RunLog } from "./output";
import type { ParsedReport } from "./report";

/** What a run left: its report, and what stands in its database alone. */
export interface RunResults extends ParsedReport {
  crawl: Crawl;
}

/** All that is known of a run that has ended by itself or was ended. */
export interface RunEvidence {
  modules: readonly string[];
  /** Those of `modules` that ran along with the crawl: they ran where it came to its end. */
  passiveModules: readonly string[];
  wasStopped: boolean;
  /** Set where the run was ended because it took longer than this. */
  exceededSeconds: number | undefined;
  /** How long the crawl might take, in seconds, and how much memory the run might have. */
  limits: { crawlSeconds: number; memoryBytes: number };
  exit: { code: number | null; signal: string | null };
  lastErrors: string;
  /** The results, or why there are none. */
  report: RunResults | { problem: string };
  log: RunLog;
  counts: { forwarded: number; upstreamFailures: number; ownAnswers: number };
  /** Where answers of the target redirect to beyond it, as `host:port`. */
  redirectHosts: readonly string[];
  /** What the target answered while each module was at work. */
  moduleAnswers: Pick<ModuleAnswers, "of">;
  /** Whether they could be seen: not where the target is reached by TLS. */
  areAnswersSeen: boolean;
  /** What the target answered to a last request for its first page; undefined where it did not. */
  statusAfter: number | undefined;
}

export interface Judgement {
  state: ScanOutcome["state"];
  reason?: string;
  errors: ScanOutcome["errors"];
  /** Modules that ran to their end. */
  completedModules: string[];
}

/** What is taken of a line that the scanner printed, in characters. */
const MAX_REASON_LENGTH = 300;
/** More requests without an answer than this, and the target was not there for all of the run (good runs have 1 to 8). */
export const MAX_UPSTREAM_FAILURES = 10;

const BYTES_PER_MIB = 1_048_576;
/** What a program does where it gets no memory and has no word for it. */
const BREAKDOWN_SIGNALS: ReadonlySet<string> = new Set(["SIGSEGV", "SIGABRT", "SIGBUS"]);

/** Why the program did not end by itself and well, or undefined. */
function exitFailureOf({ exceededSeconds, exit, lastErrors, log, limits }: RunEvidence): string | undefined {
  if (exceededSeconds !== undefined) return `the scan took longer than ${exceededSeconds} seconds and was ended`;
  const limitMib = Math.round(limits.memoryBytes / BYTES_PER_MIB);
  if (log.isOutOfMemory) {
    return `the scanner needed more memory than it may have (${limitMib} MiB), and broke off`;
  }
  if (exit.signal === "SIGKILL") {
    return "the scanner was killed from outside (SIGKILL), by somebody or by a system that ran out of memory";
  }
  if (exit.signal !== null && BREAKDOWN_SIGNALS.has(exit.signal)) {
    // Libraries below the interpreter end like this where they get no memory.
    return `the scanner broke down (${exit.signal}); perhaps it needed more memory than it may have (${limitMib} MiB)`;
  }
  if (exit.signal !== null) return `the scanner was ended from outside (${exit.signal})`;
  if (exit.code === 0) return undefined;
  const lastLine = lastErrors.trim().split("\n").at(-1) ?? "";
  return `the scanner ended with exit code ${exit.code ?? "none"}${lastLine === "" ? "" : `: ${lastLine.slice(0, MAX_REASON_LENGTH)}`}`;
}

function ledAwayTo(hosts: readonly string[]): string {
  return hosts.length === 0
    ? ""
    : `: it was led to ${hosts.join(", ")}, and a scan stays on its target; make a project of that address ` +
        "instead, which has to be on this machine or allowed by the operator of the service (--allow-target)";
}

/** Why the run did not come to a result that can be trusted, or undefined. The exit code 0 proves nothing. */
function failureOf(evidence: RunEvidence): string | undefined {
  const { report, counts, statusAfter, log, limits } = evidence;
  // First, for the run is ended where this happens.
  if (counts.upstreamFailures > MAX_UPSTREAM_FAILURES) {
    return `${counts.upstreamFailures} of ${counts.forwarded} requests got no answer from the target`;
  }
  const exitFailure = exitFailureOf(evidence);
  if (exitFailure !== undefined) return exitFailure;
  if (log.isCrawlCutOff) {
    return `the crawl took longer than ${limits.crawlSeconds} seconds and was cut off: pages that it did not reach were not tested`;
  }
  if ("problem" in report) return `the scanner left no report that can be read: ${report.problem}`;
  // A redirect counts as a page of the crawl, also where it leads away.
  if (report.crawledPages <= 0 || counts.ownAnswers === 0)
    return `the scanner reached no page of the target${ledAwayTo(evidence.redirectHosts)}`;
  const problem = crawlProblem(report.crawl);
  if (problem !== undefined) return problem;
  if (statusAfter === undefined) return "the target does not answer any more after the scan";
  // Where answers were seen, each module is judged by its own.
  return evidence.areAnswersSeen || !isRefusal(statusAfter)
    ? undefined
    : `the target answers ${statusAfter} after the scan: perhaps it refused the attacks as well, whose answers nobody sees`;
}

/** Decides what a run came to. It is finished only where everything speaks for it. */
export function judgeRun(evidence: RunEvidence): Judgement {
  const { modules, passiveModules, log, moduleAnswers } = evidence;
  if (evidence.wasStopped)
    return { state: "stopped", reason: "the scan was stopped", errors: [], completedModules: [] };
  const failure = failureOf(evidence);
  if (failure !== undefined) return { state: "failed", reason: failure, errors: [], completedModules: [] };
  const wasStarted = (module: string): boolean =>
    log.launched.includes(module) || (passiveModules.includes(module) && log.foundUrls !== undefined);
  const troubled = modules.flatMap((module) => {
    const trouble =
      log.troubles.get(module) ??
      (wasStarted(module) ? troubleOfAnswers(moduleAnswers.of(module)) : "the module was not started");
    return trouble === undefined ? [] : [{ module, trouble }];
  });
  const completedModules = modules.filter((name) => !troubled.some(({ module }) => module === name));
  const errors = troubled.map(({ module, trouble }) => ({
    scanner: scannerOfModule(module),
    message: `${module}: ${trouble}`,
  }));
  if (completedModules.length === 0) {
    const reason = `no module ran to its end (${errors.map(({ message }) => message).join("; ")})`;
    return { state: "failed", reason, errors, completedModules };
  }
  return { state: "finished", errors, completedModules };
}
