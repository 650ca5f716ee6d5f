import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcess, startOf, type RunningProcess } from "./running-process";

export interface ServerArgs {
  /** The program, a JavaScript file, from this folder. It is told its port by `--port`. */
  script: string;
  args: string[];
  /** The port on 127.0.0.1, 1 to 65535. */
  port: number;
  /** Where its output (`server.log`) and its number (`server.pid`) lie, from this folder. */
  folder: string;
}

/** How long a server may take until it says that it listens. */
const READY_MS = 15_000;
const POLL_MS = 50;
const TOLD_CHARACTERS = 1_000;

const logPathOf = (folder: string): string => join(folder, "server.log");
const pidPathOf = (folder: string): string => join(folder, "server.pid");

/**
 * Starts a server that lives on by itself, and resolves when it listens. Of the environment it gets the PATH alone: not
 * the keys with which a deployment works.
 *
 * @throws Error where it ends, or does not listen in time; the message has what it printed last
 */
export async function startServer({ script, args, port, folder }: ServerArgs): Promise<RunningProcess> {
  mkdirSync(folder, { recursive: true });
  const log = openSync(logPathOf(folder), "w");
  const child = spawn(process.execPath, [script, ...args, "--port", String(port)], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: process.env["PATH"] },
  });
  closeSync(log);
  child.unref();
  const running = identityOf(child);
  // At once: whoever comes after a deployment that was killed finds it here.
  writeFileSync(pidPathOf(folder), JSON.stringify(running));
  const said = await untilReady(child, port, folder);
  if (said === undefined) return running;
  await endProcess(running);
  const printed = logOf(folder).slice(-TOLD_CHARACTERS).trim();
  removeTraces(folder);
  throw new Error(`${script} ${said}; it printed: ${printed}`);
}

/** Ends what a deployment that was killed between the start and the save has left behind, by the file of its number. */
export async function endLeftover(folder: string): Promise<void> {
  let text: string;
  try {
    text = readFileSync(pidPathOf(folder), "utf8");
  } catch {
    return;
  }
  await endProcess(JSON.parse(text) as RunningProcess);
}

/** Removes the output and the number of a server that has ended, and the folder where nothing else is in it. */
export function removeTraces(folder: string): void {
  for (const path of [logPathOf(folder), pidPathOf(folder)]) rmSync(path, { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

function identityOf({ pid }: ChildProcess): RunningProcess {
  const startedAt = pid === undefined ? undefined : startOf(pid);
  if (pid === undefined || startedAt === undefined) throw new Error("the server could not be started");
  return { pid, startedAt };
}

const logOf = (folder: string): string => readFileSync(logPathOf(folder), "utf8");

/** Waits until the server says where it listens. Gives what went wrong, or undefined. */
async function untilReady(child: ChildProcess, port: number, folder: string): Promise<string | undefined> {
  for (let waitedMs = 0; waitedMs < READY_MS; waitedMs += POLL_MS) {
    if (logOf(folder).includes(`listening on http://127.0.0.1:${port}\n`)) return undefined;
    if (child.exitCode !== null) return `ended with exit code ${child.exitCode}`;
    if (child.signalCode !== null) return `was ended by ${child.signalCode}`;
    await sleep(POLL_MS);
  }
  return `did not listen within ${READY_MS / 1_000} seconds`;
}
