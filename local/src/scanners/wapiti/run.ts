import { rm } from "node:fs/promises";
import { withoutFindings } from "../outcome";
import type { ScanCoverage, ScanOutcome, ScanProgress, ScanRequest, ScanRun } from "../scanner";
import { askFirstPage, type FirstPage } from "./answers";
import { coverageOf } from "./crawl";
import { gather, type Run, type RunSettings } from "./gather";
import { judgeRun, type RunEvidence } from "./judgement";
import { removeExpiredLogs } from "./log-folder";
import { createRedactor, type Redactor } from "./login/redaction";
import { LoginSession } from "./login/session";
import { mapFindings } from "./mapping";
import { openScanLog, redactedLog, type ScanLog } from "./scan-log";
import { refuseTarget } from "./target";
import { makeWorkFolder } from "./work-folder";

/** Builds the outcome of a run. If the run failed, only its findings count: empty lists prove nothing then. */
export function outcomeOf(evidence: RunEvidence, target: URL, createdAt: Date): ScanOutcome {
  const { state, reason, errors, completedModules } = judgeRun(evidence);
  const { report } = evidence;
  const findings = "problem" in report ? [] : report.findings;
  const mapped = mapFindings({ findings, target, createdAt, completedModules });
  const coverage = state === "stopped" || "problem" in report ? {} : coveredBy(coverageOf(report.crawl), evidence);
  return { state, ...(reason === undefined ? {} : { reason }), ...mapped, errors, ...coverage };
}

function coveredBy(
  crawled: ScanCoverage,
  { operations }: RunEvidence,
): Pick<ScanOutcome, "coverage" | "untestedOperations"> {
  return operations === undefined
    ? { coverage: crawled }
    : { coverage: { ...crawled, operations: operations.counts }, untestedOperations: operations.untested };
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

const loginFailed = (why: string): ScanOutcome => withoutFindings("failed", `login_failed: ${why}`);

/** Runs the scanner with a login that was proven, and proves it once more at the end. */
async function scanProgram(run: Run, kept: ScanLog): Promise<ScanOutcome> {
  const { settings, request, session } = run;
  const workDir = await makeWorkFolder(settings.cacheDir);
  try {
    const outcome = outcomeOf(await gather(run, workDir, kept), request.target, settings.now());
    if (session === undefined || outcome.state === "stopped") return outcome;
    if (session.failure !== undefined) return loginFailed(session.failure);
    if (outcome.state === "failed") return outcome;
    const isLoggedIn = await session.isOpen();
    if (run.stopping.signal.aborted) return withoutFindings("stopped", "the scan was stopped");
    return isLoggedIn ? { ...outcome, login: "confirmed" } : loginFailed("the scan was no longer logged in at its end");
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function scan(run: Run, kept: ScanLog): Promise<ScanOutcome> {
  const { request, stopping, session } = run;
  const isStopped = (): boolean => stopping.signal.aborted;
  const stopped = withoutFindings("stopped", "the scan was stopped before it started");
  const firstPage = await askFirstPage(request.target, request.addresses, stopping.signal);
  if (isStopped()) return stopped;
  // Without the login, the first page may lead to one elsewhere.
  const problem = firstPageProblem(session === undefined ? firstPage : { answers: firstPage.answers }, request.target);
  if (problem !== undefined) return withoutFindings("failed", problem);
  const loginProblem = await session?.open();
  if (isStopped()) return stopped;
  if (loginProblem !== undefined) return loginFailed(loginProblem);
  return scanProgram(run, kept);
}

/** A password may be a word that the outcome itself is made of. */
const redactedOutcome = (outcome: ScanOutcome, redactor: Redactor): ScanOutcome => ({
  ...redactor.all(outcome),
  state: outcome.state,
  ...(outcome.login === undefined ? {} : { login: outcome.login }),
});

/** Scans and keeps the log, even if the scan fails. */
async function scanWithLog(run: Run, redactor: Redactor): Promise<ScanOutcome> {
  const { settings, request, onProgress } = run;
  const onProblem = (message: string): void => {
    onProgress({ message: `the log of the scan cannot be written: ${message}` });
  };
  if (settings.logDir !== undefined) await removeExpiredLogs(settings.logDir);
  const opened = await openScanLog({ logDir: settings.logDir, scanId: request.scanId, onProblem });
  const kept = redactedLog(opened, redactor);
  const unsafe = await scan(run, kept).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return withoutFindings("failed", `the scanner could not be run: ${message}`);
  });
  const outcome = run.session === undefined ? unsafe : redactedOutcome(unsafe, redactor);
  for (const { message } of outcome.errors) kept.note(`a module did not run to the end: ${message}`);
  kept.note(`the scan is ${outcome.state}${outcome.reason === undefined ? "" : `: ${outcome.reason}`}`);
  await kept.close();
  return outcome;
}

const alreadyFailed = (reason: string): ScanRun => {
  return { ended: Promise.resolve(withoutFindings("failed", reason)), stop: () => Promise.resolve() };
};

/** Starts a scan. A target that is not allowed is not touched: the outcome says why. */
export function startRun(
  settings: RunSettings,
  request: ScanRequest,
  onProgress: (progress: ScanProgress) => void,
): ScanRun {
  const refusal = refuseTarget(request.target, settings.allowedTargets);
  if (refusal !== undefined) return alreadyFailed(refusal);
  const stopping = new AbortController();
  const { target, addresses, login } = request;
  const visitor = { target, addresses, signal: stopping.signal, nowMs: () => settings.now().getTime() };
  const session = login === undefined ? undefined : new LoginSession(login, visitor);
  const redactor = createRedactor(session?.credentials.secrets ?? new Set());
  const tell = (progress: ScanProgress): void => {
    onProgress({ ...progress, message: redactor.text(progress.message) });
  };
  const run: Run = { settings, request, onProgress: tell, stopping, session, group: undefined };
  const ended = scanWithLog(run, redactor);
  return {
    ended,
    stop: async () => {
      run.stopping.abort();
      await run.group?.stop();
      await ended;
    },
  };
}
