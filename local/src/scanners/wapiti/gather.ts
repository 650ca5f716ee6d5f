import type { ScanProgress, ScanRequest } from "../scanner";
import { ModuleAnswers } from "./answer-statuses";
import { ask } from "./answers";
import { formatCommand, pythonOf, reportPathOf, sessionDirOf, wapitiCommand, wapitiEnvironment } from "./arguments";
import type { AllowedTarget } from "./allowed-target";
import { MAX_UPSTREAM_FAILURES, type RunEvidence } from "./judgement";
import { emptyRunLog, readLine, type RunLog } from "./output";
import { startGroup, type GroupExit, type ProcessGroup } from "./process-group";
import { makeCertificate } from "./certificate";
import type { LoginSession } from "./login/session";
import { OperationWatch } from "./operation-watch";
import { startAllowListProxy, type AllowListProxy, type ProxyOptions } from "./proxy";
import { readReport } from "./report";
import type { ScanLog } from "./scan-log";
import { writeSpecification, writeStartPages } from "./run-files";
import { readCrawl, readLostFindings } from "./session";

export interface RunSettings {
  venv: string;
  cacheDir: string;
  modules: readonly string[];
  /** Those of `modules` that run during the crawl. */
  passiveModules: readonly string[];
  /** The targets allowed in addition to this machine. */
  allowedTargets: readonly AllowedTarget[];
  limitSeconds: number;
  /** The time limit of the crawl, and of each module. */
  moduleLimitSeconds: number;
  memoryLimitBytes: number;
  /** The folder for the scanner's output, one file per scan; undefined to keep none. */
  logDir: string | undefined;
  now: () => Date;
}

/** A scan, and the state that `stop` and the run share. */
export interface Run {
  readonly settings: RunSettings;
  readonly request: ScanRequest;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly stopping: AbortController;
  /** The login, carried out and proven, if the scan has one. */
  readonly session?: LoginSession | undefined;
  group: ProcessGroup | undefined;
}

/** Waits for the program to end, and terminates it if it takes longer than allowed. */
async function waitWithin(group: ProcessGroup, limitSeconds: number): Promise<{ exit: GroupExit; isTooLong: boolean }> {
  let isTooLong = false;
  const timer = setTimeout(() => {
    isTooLong = true;
    void group.stop();
  }, limitSeconds * 1000);
  const exit = await group.ended;
  clearTimeout(timer);
  return { exit, isTooLong };
}

async function startProgram(
  run: Run,
  workDir: string,
  proxyUrl: string,
  log: RunLog,
  kept: ScanLog,
): Promise<ProcessGroup> {
  const { venv, modules, passiveModules, moduleLimitSeconds, memoryLimitBytes } = run.settings;
  const { target, apiSpecification } = run.request;
  const limits = { crawlLimitSeconds: moduleLimitSeconds, moduleLimitSeconds };
  const { session } = run;
  const specificationPath =
    apiSpecification === undefined ? undefined : await writeSpecification(apiSpecification, target, workDir);
  const startPagesPath = session === undefined ? undefined : await writeStartPages(session.startPages, workDir);
  const files = { specificationPath, startPagesPath };
  const isLoggedIn = session !== undefined;
  const command = wapitiCommand({ venv, workDir, target, proxyUrl, modules, ...limits, isLoggedIn, ...files });
  run.onProgress({ message: `running: ${formatCommand(command)}`, fraction: 0 });
  kept.note(`running: ${formatCommand(command)}`);
  const take = (line: string): void => {
    const before = log.launched.at(-1);
    const progress = readLine(log, line, { modules, passiveCount: passiveModules.length });
    if (log.launched.at(-1) !== before) void confirmLogin(run, log, before);
    if (progress !== undefined) run.onProgress(progress);
  };
  return startGroup({
    ...{ command, python: pythonOf(venv), env: wapitiEnvironment(workDir), cwd: workDir, memoryLimitBytes },
    onLine: (line) => {
      kept.line(line);
      take(line);
    },
    onErrorLine: (line) => {
      kept.line(line);
      // Progress bars and library warnings go there too: only messages of the scanner and the interpreter count.
      if (/^(\[!\] |MemoryError\b|Traceback )/.test(line)) take(line);
    },
  });
}

/** Looks, when a module starts, whether the login outlived what ran before. */
async function confirmLogin(run: Run, log: RunLog, before: string | undefined): Promise<void> {
  await run.session?.confirm();
  noteSilentEnd(run, log, before);
}

/**
 * Discounts what ran while the session had ended without an answer that shows it.
 *
 * @param during the module that ran; undefined for the crawl, without which no module knows the pages behind the login
 */
function noteSilentEnd({ session, group }: Run, log: RunLog, during: string | undefined): void {
  if (session?.takeSilentEnd() === true) {
    const what = "and no answer showed it";
    if (during === undefined) session.failure ??= `the session ended during the crawl, ${what}`;
    else if (!log.troubles.has(during)) log.troubles.set(during, `the session ended while it ran, ${what}`);
  }
  if (session?.failure !== undefined) void group?.stop();
}

/** Reads the report, and the findings that it leaves out. */
async function readResults(workDir: string): Promise<RunEvidence["report"]> {
  const report = await readReport(reportPathOf(workDir));
  if ("problem" in report) return report;
  try {
    const sessionDir = sessionDirOf(workDir);
    const lost = await readLostFindings(sessionDir);
    return { ...report, findings: [...report.findings, ...lost], crawl: await readCrawl(sessionDir) };
  } catch (error) {
    return { problem: `its database cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function noteProxy({ counts, refusedHosts }: AllowListProxy, kept: ScanLog): void {
  const { forwarded, upstreamFailures, brokenAnswers, refused } = counts;
  kept.note(
    `proxy: ${forwarded} requests passed on to the target; ${upstreamFailures} got no answer, ${brokenAnswers} an invalid answer`,
  );
  const wanted =
    refused === 0 ? "" : `, since a scan stays on its target; they were going to ${[...refusedHosts].join(", ")}`;
  kept.note(`proxy: ${refused} requests refused${wanted}`);
}

/** Starts the proxy of a run. Only for a login or a specification it reads what an https target is asked and answers. */
async function startProxy(
  run: Run,
  onAnswer: ProxyOptions["onAnswer"],
): Promise<{ proxy: AllowListProxy; seesAnswers: boolean }> {
  const { target, addresses, apiSpecification } = run.request;
  const isTls = target.protocol === "https:";
  const mustRead = run.session !== undefined || apiSpecification !== undefined;
  const certificate = isTls && mustRead ? await makeCertificate(run.settings.venv) : undefined;
  const proxy = await startAllowListProxy(target, {
    ...{ addresses, certificate, session: run.session },
    ...(onAnswer === undefined ? {} : { onAnswer }),
    onUpstreamFailure: (count) => {
      // The scan has failed by now: the rest of it would only wait for a target that is gone.
      if (count > MAX_UPSTREAM_FAILURES) void run.group?.stop();
    },
    onSessionLost: () => void run.group?.stop(),
  });
  return { proxy, seesAnswers: !isTls || certificate !== undefined };
}

/** Runs the program in `workDir` behind a proxy, and gathers the evidence to judge the run. */
export async function gather(run: Run, workDir: string, kept: ScanLog): Promise<RunEvidence> {
  const { modules, passiveModules, limitSeconds, moduleLimitSeconds, memoryLimitBytes } = run.settings;
  const { target, addresses, apiSpecification } = run.request;
  const log = emptyRunLog();
  const moduleAnswers = new ModuleAnswers();
  const operations = apiSpecification === undefined ? undefined : new OperationWatch(apiSpecification.operations);
  const { proxy, seesAnswers } = await startProxy(run, (status, request) => {
    operations?.add(status, request);
    const module = log.launched.at(-1);
    if (module !== undefined) moduleAnswers.add(module, status);
  });
  try {
    const group = await startProgram(run, workDir, proxy.url, log, kept);
    run.group = group;
    if (run.stopping.signal.aborted) await group.stop();
    const { exit, isTooLong } = await waitWithin(group, limitSeconds);
    const wasStopped = run.stopping.signal.aborted;
    await run.session?.untilSettled();
    noteSilentEnd(run, log, log.launched.at(-1));
    return {
      ...{ modules, passiveModules, log, exit, wasStopped, lastErrors: group.lastErrors() },
      exceededSeconds: isTooLong ? limitSeconds : undefined,
      limits: { crawlSeconds: moduleLimitSeconds, memoryBytes: memoryLimitBytes },
      report: await readResults(workDir),
      ...{ counts: { ...proxy.counts }, redirectHosts: [...proxy.redirectHosts] },
      ...{ moduleAnswers, areAnswersSeen: seesAnswers, operations },
      statusAfter: wasStopped ? undefined : (await ask(target, addresses))?.status,
    };
  } finally {
    await run.group?.stop();
    await proxy.close();
    noteProxy(proxy, kept);
  }
}
