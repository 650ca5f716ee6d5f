import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ScanOutcome, ScanProgress, ScanRequest, ScanRun } from "../scanner";
import { doesAnswer } from "./answers";
import { formatCommand, pythonOf, reportPathOf, wapitiCommand, wapitiEnvironment } from "./arguments";
import { judgeRun, type RunEvidence } from "./judgement";
import { mapFindings } from "./mapping";
import { emptyRunLog, readLine } from "./output";
import { startGroup, type GroupExit, type ProcessGroup } from "./process-group";
import { startAllowListProxy } from "./proxy";
import { parseReport } from "./report";
import { refuseTarget } from "./target";
import { makeWorkFolder } from "./work-folder";

export interface RunSettings {
  venv: string;
  cacheDir: string;
  modules: readonly string[];
  /** Those of `modules` that run along with the crawl. */
  passiveModules: readonly string[];
  limitSeconds: number;
  /** Where the scanner's output is kept, one file per scan; undefined to keep none. */
  logDir: string | undefined;
  now: () => Date;
}

type OnProgress = (progress: ScanProgress) => void;

/** One scan, and what `stop` and the run tell each other. */
interface Run {
  readonly settings: RunSettings;
  readonly request: ScanRequest;
  readonly onProgress: OnProgress;
  readonly stopping: AbortController;
  group: ProcessGroup | undefined;
}

function withoutFindings(state: "stopped" | "failed", reason: string): ScanOutcome {
  return { state, reason, findings: {}, descriptions: [], errors: [] };
}

async function openLog(logDir: string | undefined, scanId: number): Promise<WriteStream | undefined> {
  if (logDir === undefined) return undefined;
  await mkdir(logDir, { recursive: true });
  return createWriteStream(join(logDir, `scan-${scanId}.log`));
}

function closeLog(log: WriteStream | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (log === undefined) resolve();
    else log.end(resolve);
  });
}

const SECRET_HEADER = /^\s*(cookie|authorization|proxy-authorization)\s*:/i;

async function readReport(path: string): Promise<RunEvidence["report"]> {
  try {
    return parseReport(await readFile(path, "utf8"));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return { problem: isMissing ? "there is none" : (error as Error).message };
  }
}

/** Waits for the end of the program, and ends it where it takes longer than allowed. */
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

function startProgram(
  run: Run,
  workDir: string,
  command: string[],
  onLine: (line: string) => void,
): Promise<ProcessGroup> {
  run.onProgress({ message: `running: ${formatCommand(command)}`, fraction: 0 });
  const python = pythonOf(run.settings.venv);
  // A module that cannot be loaded is reported there by some releases.
  const onErrorLine = (line: string): void => {
    if (line.startsWith("[!] ")) onLine(line);
  };
  return startGroup({ command, python, env: wapitiEnvironment(workDir), cwd: workDir, onLine, onErrorLine });
}

/** Runs the program in `workDir` behind a proxy, and gathers what is needed to judge it. */
async function gather(run: Run, workDir: string): Promise<RunEvidence> {
  const { venv, modules, passiveModules, limitSeconds, logDir } = run.settings;
  const { target, scanId } = run.request;
  const log = emptyRunLog();
  const logFile = await openLog(logDir, scanId);
  logFile?.on("error", ({ message }) => {
    run.onProgress({ message: `the log of the scan is not kept: ${message}` });
  });
  const proxy = await startAllowListProxy(target);
  try {
    const command = wapitiCommand({ venv, workDir, target, proxyUrl: proxy.url, modules });
    const group = await startProgram(run, workDir, command, (line) => {
      if (!SECRET_HEADER.test(line)) logFile?.write(`${line}\n`);
      const progress = readLine(log, line, { modules, passiveCount: passiveModules.length });
      if (progress !== undefined) run.onProgress(progress);
    });
    run.group = group;
    if (run.stopping.signal.aborted) await group.stop();
    const { exit, isTooLong } = await waitWithin(group, limitSeconds);
    const wasStopped = run.stopping.signal.aborted;
    return {
      ...{ modules, passiveModules, log, exit, wasStopped, lastErrors: group.lastErrors() },
      exceededSeconds: isTooLong ? limitSeconds : undefined,
      report: await readReport(reportPathOf(workDir)),
      counts: { ...proxy.counts },
      answersAfter: wasStopped || (await doesAnswer(target)),
    };
  } finally {
    await run.group?.stop();
    await closeLog(logFile);
    await proxy.close();
  }
}

/** Puts findings under their scanners. Of a run that failed only what was found counts: that a list is empty proves nothing then. */
export function outcomeOf(evidence: RunEvidence, target: URL, createdAt: Date): ScanOutcome {
  const { state, reason, errors, completedModules } = judgeRun(evidence);
  const findings = "problem" in evidence.report ? [] : evidence.report.findings;
  const mapped = mapFindings({ findings, target, createdAt, completedModules });
  return { state, ...(reason === undefined ? {} : { reason }), ...mapped, errors };
}

async function scan(run: Run): Promise<ScanOutcome> {
  const { settings, request, stopping } = run;
  const doesAnswerBefore = await doesAnswer(request.target, stopping.signal);
  if (stopping.signal.aborted) return withoutFindings("stopped", "the scan was stopped before it began");
  if (!doesAnswerBefore) return withoutFindings("failed", `the target ${request.target.origin} does not answer`);
  const workDir = await makeWorkFolder(settings.cacheDir);
  try {
    return outcomeOf(await gather(run, workDir), request.target, settings.now());
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Starts one scan. A target that is refused is not touched: the outcome says why. */
export function startRun(settings: RunSettings, request: ScanRequest, onProgress: OnProgress): ScanRun {
  const refusal = refuseTarget(request.target);
  if (refusal !== undefined) {
    return { ended: Promise.resolve(withoutFindings("failed", refusal)), stop: () => Promise.resolve() };
  }
  const run: Run = { settings, request, onProgress, stopping: new AbortController(), group: undefined };
  const ended = scan(run).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return withoutFindings("failed", `the scanner could not be run: ${message}`);
  });
  return {
    ended,
    stop: async () => {
      run.stopping.abort();
      await run.group?.stop();
      await ended;
    },
  };
}
