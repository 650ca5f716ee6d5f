import type { ScanOutcome } from "../scanner";
import { isRefusal, troubleOfAnswers, type ModuleAnswers } from "./answer-statuses";
import { crawlProblem, type Crawl } from "./crawl";
import { scannerOfModule } from "./modules";
import type { OperationWatch } from "./operation-watch";
import type { RunLog } from "./output";
import type { ParsedReport } from "./report";

/** The results of a run: its report, and what is only in its database. */
export interface RunResults extends ParsedReport {
  crawl: Crawl;
}

/** Everything that is known about a run that has ended or was terminated. */
export interface RunEvidence {
  modules: readonly string[];
  /** Those of `modules` that run during the crawl: they ran if it ran to the end. */
  passiveModules: readonly string[];
  wasStopped: boolean;
  /** Set if the run was terminated because it took longer than this. */
  exceededSeconds: number | undefined;
  /** The crawl's time limit, in seconds, and the run's memory limit. */
  limits: { crawlSeconds: number; memoryBytes: number };
  exit: { code: number | null; signal: string | null };
  lastErrors: string;
  /** The results, or why there are none. */
  report: RunResults | { problem: string };
  log: RunLog;
  counts: { forwarded: number; upstreamFailures: number; ownAnswers: number };
  /** Where the target's answers redirect to beyond it, as `host:port`. */
  redirectHosts: readonly string[];
  /** The target's answers while each module was running. */
  moduleAnswers: Pick<ModuleAnswers, "of">;
  /** Whether they could be seen: not with TLS. */
  areAnswersSeen: boolean;
  /** The operations of the API specification, if there is one. */
  operations?: Pick<OperationWatch, "counts" | "untested"> | undefined;
  /** The target's answer to a last request for its first page; undefined if there was none. */
  statusAfter: number | undefined;
}

export interface Judgement {
  state: ScanOutcome["state"];
  reason?: string;
  errors: ScanOutcome["errors"];
  /** Modules that ran to the end. */
  completedModules: string[];
}

/** How much of a line that the scanner printed is used, in characters. */
const MAX_REASON_LENGTH = 300;
/** With more unanswered requests than this, the target was not available for the whole run (good runs have 1 to 8). */
export const MAX_UPSTREAM_FAILURES = 10;

const BYTES_PER_MIB = 1_048_576;
/** How a program ends that gets no memory and cannot say so. */
const BREAKDOWN_SIGNALS: ReadonlySet<string> = new Set(["SIGSEGV", "SIGABRT", "SIGBUS"]);

/** Returns why the program did not exit normally, or undefined. */
function exitFailureOf({ exceededSeconds, exit, lastErrors, log, limits }: RunEvidence): string | undefined {
  if (exceededSeconds !== undefined) return `the scan took longer than ${exceededSeconds} seconds and was terminated`;
  const limitMib = Math.round(limits.memoryBytes / BYTES_PER_MIB);
  if (log.isOutOfMemory) {
    return `the scanner exceeded its memory limit (${limitMib} MiB) and aborted`;
  }
  if (exit.signal === "SIGKILL") {
    return "the scanner was killed from outside (SIGKILL), by a user or by a system that ran out of memory";
  }
  if (exit.signal !== null && BREAKDOWN_SIGNALS.has(exit.signal)) {
    // Native libraries end like this if they get no memory.
    return `the scanner crashed (${exit.signal}); it may have exceeded its memory limit (${limitMib} MiB)`;
  }
  if (exit.signal !== null) return `the scanner was terminated from outside (${exit.signal})`;
  if (exit.code === 0) return undefined;
  const lastLine = lastErrors.trim().split("\n").at(-1) ?? "";
  return `the scanner exited with code ${exit.code ?? "unknown"}${lastLine === "" ? "" : `: ${lastLine.slice(0, MAX_REASON_LENGTH)}`}`;
}

function ledAwayTo(hosts: readonly string[]): string {
  return hosts.length === 0
    ? ""
    : `: it was redirected to ${hosts.join(", ")}, and a scan stays on its target; create a project for that address ` +
        "instead, which must be on this machine or allowed by the operator of the service (--allow-target)";
}

/** Returns why the run's result cannot be trusted, or undefined. The exit code 0 proves nothing. */
function failureOf(evidence: RunEvidence): string | undefined {
  const { report, counts, statusAfter, log, limits } = evidence;
  // First, because the run is terminated if this happens.
  if (counts.upstreamFailures > MAX_UPSTREAM_FAILURES) {
    return `${counts.upstreamFailures} of ${counts.forwarded} requests got no answer from the target`;
  }
  const exitFailure = exitFailureOf(evidence);
  if (exitFailure !== undefined) return exitFailure;
  if (log.isCrawlCutOff) {
    return `the crawl took longer than ${limits.crawlSeconds} seconds and was cut off: pages that it did not reach were not tested`;
  }
  if ("problem" in report) return `the scanner's report cannot be read: ${report.problem}`;
  // A redirect counts as a page of the crawl, even if it leads away.
  if (report.crawledPages <= 0 || counts.ownAnswers === 0)
    return `the scanner reached no page of the target${ledAwayTo(evidence.redirectHosts)}`;
  const problem = crawlProblem(report.crawl);
  if (problem !== undefined) return problem;
  if (statusAfter === undefined) return "the target no longer answers after the scan";
  // If answers were seen, each module is judged by its own.
  return evidence.areAnswersSeen || !isRefusal(statusAfter)
    ? undefined
    : `the target answers ${statusAfter} after the scan: it may have rejected the attacks too, whose answers cannot be seen`;
}

/** Decides the outcome of a run. It is finished only if all the evidence supports it. */
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
    const reason = `no module ran to the end (${errors.map(({ message }) => message).join("; ")})`;
    return { state: "failed", reason, errors, completedModules };
  }
  return { state: "finished", errors, completedModules };
}
