import { rm } from "node:fs/promises";
import { withoutFindings } from "../outcome";
import type { ScanOutcome, ScanProgress, ScanRequest, ScanRun } from "../scanner";
import { askFirstPage, type FirstPage } from "./answers";
import { coverageOf } from "./crawl";
import { gather, type Run, type RunSettings } from "./gather";
import { judgeRun, type RunEvidence } from "./judgement";
import { removeExpiredLogs } from "./log-folder";
import { mapFindings } from "./mapping";
import { openScanLog, type ScanLog } from "./scan-log";
import { refuseTarget } from "./target";
import { makeWorkFolder } from "./work-folder";

/** Builds the outcome of a run. If the run failed, only its findings count: empty lists prove nothing then. */
export function outcomeOf(evidence: RunEvidence, target: URL, createdAt: Date): ScanOutcome {
  const { state, reason, errors, completedModules } = judgeRun(evidence);
  const { report } = evidence;
  const findings = "problem" in report ? [] : report.findings;
  const mapped = mapFindings({ findings, target, createdAt, completedModules });
  const coverage = state === "stopped" || "problem" in report ? {} : { coverage: coverageOf(report.crawl) };
  return { state, ...(reason === undefined ? {} : { reason }), ...mapped, errors, ...coverage };
}

/** Returns why a scan should not start, judging by its target's first page; undefined if it should. */
export function firstPageProblem({ answers, leavesTo }: FirstPage, target: URL): string | undefined {
  if (!answers) return `the target ${target.origin} does not answer`;
  if (leavesTo === undefined) return undefined;
  return (
    `the first page of ${target.origin} only redirects to ${leavesTo.origin}, and a scan stays on its target: ` +
    `create a project for ${leavesTo.origin} instead, which must be on this machine or allowed by the operator of the ` +
    `service (--allow-target ${leavesTo.hostname})`
  );
}

async function scan(run: Run, kept: ScanLog): Promise<ScanOutcome> {
  const { settings, request, stopping } = run;
  const firstPage = await askFirstPage(request.target, request.addresses, stopping.signal);
  if (stopping.signal.aborted) return withoutFindings("stopped", "the scan was stopped before it started");
  const problem = firstPageProblem(firstPage, request.target);
  if (problem !== undefined) return withoutFindings("failed", problem);
  const workDir = await makeWorkFolder(settings.cacheDir);
  try {
    return outcomeOf(await gather(run, workDir, kept), request.target, settings.now());
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Scans and keeps the log, even if the scan fails. */
async function scanWithLog(run: Run): Promise<ScanOutcome> {
  const { settings, request, onProgress } = run;
  const onProblem = (message: string): void => {
    onProgress({ message: `the log of the scan cannot be written: ${message}` });
  };
  if (settings.logDir !== undefined) await removeExpiredLogs(settings.logDir);
  const kept = await openScanLog({ logDir: settings.logDir, scanId: request.scanId, onProblem });
  const outcome = await scan(run, kept).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return withoutFindings("failed", `the scanner could not be run: ${message}`);
  });
  for (const { message } of outcome.errors) kept.note(`a module did not run to the end: ${message}`);
  kept.note(`the scan is ${outcome.state}${outcome.reason === undefined ? "" : `: ${outcome.reason}`}`);
  await kept.close();
  return outcome;
}

/** Starts a scan. A target that is not allowed is not touched: the outcome says why. */
export function startRun(
  settings: RunSettings,
  request: ScanRequest,
  onProgress: (progress: ScanProgress) => void,
): ScanRun {
  const refusal = refuseTarget(request.target, settings.allowedTargets);
  if (refusal !== undefined) {
    return { ended: Promise.resolve(withoutFindings("failed", refusal)), stop: () => Promise.resolve() };
  }
  const run: Run = { settings, request, onProgress, stopping: new AbortController(), group: undefined };
  const ended = scanWithLog(run);
  return {
    ended,
    stop: async () => {
      run.stopping.abort();
      await run.group?.stop();
      await ended;
    },
  };
}
