import { spawn } from "node:child_process";
import { join } from "node:path";

import { startLocalService, type LocalService } from "../../local/src";
import { onEndingSignal, runCommand } from "../process/run-command";
import { benchEnvironment, type Bench } from "./measure";
import { formatTimes } from "./report";
import { GATE_PROGRAM } from "./workspace";

const ENDS = 7;
const GOAL_MS = 1_000;
const TEAM_ID = 42;
const USER = "bench";
/** What the row of a gate shows while the gate waits. */
const WAITING = / polls?, /;

/** Measures how long `pulumi up` takes to end after Ctrl-C, while a gate of the plugin waits for a scan, several times. */
export async function measureEnds(bench: Bench, count = ENDS): Promise<number[]> {
  const service = await startLocalService({
    port: 0,
    seed: { teams: [{ id: TEAM_ID, name: "Bench" }], users: [{ name: USER, teamIds: [TEAM_ID] }] },
    script: { default: { durationSeconds: 3_600 } },
  });
  try {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) times.push(await endOfUp(bench, service, `end-${index}`));
    return times;
  } finally {
    await service.close();
  }
}

async function endOfUp(bench: Bench, service: LocalService, stack: string): Promise<number> {
  const cwd = join(bench.workspace.dir, GATE_PROGRAM);
  const env = {
    ...benchEnvironment(bench, "plugin", 0),
    PULUMI_BACKEND_URL: `file://${cwd}/backend`,
    CRASHTEST_ENDPOINT: service.url,
    CRASHTEST_API_KEY: service.apiKeys[USER],
  };
  const { pulumi } = bench.engine;
  const { exitCode, stderr } = await runCommand(pulumi, ["stack", "init", stack, "--non-interactive"], { cwd, env });
  if (exitCode !== 0) throw new Error(`"pulumi stack init ${stack}" failed: ${stderr.trim()}`);
  const args = ["up", "--stack", stack, "--yes", "--skip-preview", "--non-interactive"];
  return endAfterInterrupt(pulumi, args, { cwd, env, until: WAITING });
}

interface InterruptOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** What the command prints when it is to be interrupted. */
  until: RegExp;
}

/**
 * Runs a command, and interrupts it and its children, as Ctrl-C in a terminal does.
 *
 * @returns the milliseconds from the interrupt to the end of the command
 * @throws Error if the command ends by itself
 */
export function endAfterInterrupt(
  command: string,
  args: readonly string[],
  { until, ...options }: InterruptOptions,
): Promise<number> {
  const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const signalAll = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  };
  const forgetSignals = onEndingSignal(() => {
    signalAll("SIGKILL");
  });
  let output = "";
  let interruptedMs: number | undefined;
  const collect = (text: string): void => {
    output += text;
    if (interruptedMs !== undefined || !until.test(output)) return;
    interruptedMs = performance.now();
    signalAll("SIGINT");
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", collect);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      if (interruptedMs === undefined) reject(new Error(`${command} ended before it was interrupted:\n${output}`));
      else resolve(performance.now() - interruptedMs);
    });
  }).finally(forgetSignals);
}

/** Formats the line about the ends. */
export const formatEnds = (times: readonly number[]): string =>
  formatTimes("plugin, Ctrl-C in a gate's wait to the end of the run", times, GOAL_MS);
