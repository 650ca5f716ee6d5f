import type { ScanOutcome } from "../scanner";
import { scannerOfModule } from "./modules";
import type { RunLog } from "./output";
import type { ParsedReport } from "./report";

/** All that is known of a run that has ended by itself or was ended. */
export interface RunEvidence {
  modules: readonly string[];
  /** Those of `modules` that ran along with the crawl: they ran where it came to its end. */
  passiveModules: readonly string[];
  wasStopped: boolean;
  /** Set where the run was ended because it took longer than this. */
  exceededSeconds: number | undefined;
  exit: { code: number | null; signal: string | null };
  lastErrors: string;
  /** The report, or why there is none. */
  report: ParsedReport | { problem: string };
  log: RunLog;
  counts: { forwarded: number; upstreamFailures: number };
  answersAfter: boolean;
}

export interface Judgement {
  state: ScanOutcome["state"];
  reason?: string;
  errors: ScanOutcome["errors"];
  /** Modules that ran to their end. */
  completedModules: string[];
}

/** More requests without an answer than this, and the target was not there for all of the run (good runs have 1 to 8). */
export const MAX_UPSTREAM_FAILURES = 10;

/** Why the run did not come to a result that can be trusted, or undefined. The exit code 0 proves nothing, so it is not asked. */
function failureOf(evidence: RunEvidence): string | undefined {
  const { exceededSeconds, exit, lastErrors, report, counts, answersAfter } = evidence;
  if (exceededSeconds !== undefined) return `the scan took longer than ${exceededSeconds} seconds and was ended`;
  if (exit.signal !== null) return `the scanner was ended from outside (${exit.signal})`;
  if (exit.code !== 0) {
    const lastLine = lastErrors.trim().split("\n").at(-1) ?? "";
    return `the scanner ended with exit code ${exit.code ?? "none"}${lastLine === "" ? "" : `: ${lastLine}`}`;
  }
  if ("problem" in report) return `the scanner left no report that can be read: ${report.problem}`;
  if (report.crawledPages <= 0) return "the scanner reached no page of the target";
  if (counts.upstreamFailures > MAX_UPSTREAM_FAILURES) {
    return `${counts.upstreamFailures} of ${counts.forwarded} requests got no answer from the target`;
  }
  return answersAfter ? undefined : "the target does not answer any more after the scan";
}

/** Decides what a run came to. It is finished only where everything speaks for it. */
export function judgeRun(evidence: RunEvidence): Judgement {
  const { modules, passiveModules, log } = evidence;
  if (evidence.wasStopped)
    return { state: "stopped", reason: "the scan was stopped", errors: [], completedModules: [] };
  const failure = failureOf(evidence);
  if (failure !== undefined) return { state: "failed", reason: failure, errors: [], completedModules: [] };
  const wasStarted = (module: string): boolean =>
    log.launched.includes(module) || (passiveModules.includes(module) && log.foundUrls !== undefined);
  const troubled = modules.flatMap((module) => {
    const trouble = log.troubles.get(module) ?? (wasStarted(module) ? undefined : "the module was not started");
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
