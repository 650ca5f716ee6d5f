import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "./run";

const TIMEOUT_SECONDS = 240;

/** A command that runs, in a process group of its own, so that it can be interrupted as a terminal would. */
export class RunningCommand {
  output = "";
  readonly ended: Promise<Run>;
  readonly #child: ChildProcess;

  constructor(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    this.#child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const collect = (chunk: Buffer): void => void (this.output += chunk.toString());
    this.#child.stdout?.on("data", collect);
    this.#child.stderr?.on("data", collect);
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), TIMEOUT_SECONDS * 1_000);
    this.ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      /** Not "close": after a `kill -9` of the CLI its children keep the pipes open. */
      this.#child.once("exit", (code) => {
        clearTimeout(timer);
        resolve({ exitCode: code ?? -1, output: this.output });
      });
    });
  }

  /** As Ctrl-C in a terminal, which reaches the whole group. Gives the seconds until the command had ended. */
  async interrupt(): Promise<number> {
    const startMs = performance.now();
    process.kill(-this.#requirePid(), "SIGINT");
    await this.ended;
    return (performance.now() - startMs) / 1_000;
  }

  /**
   * Kills the command alone, as the system does when memory is short; its children live on.
   *
   * @returns the processes that it leaves behind
   */
  async killAlone(): Promise<number[]> {
    const pid = this.#requirePid();
    if (this.#child.exitCode !== null) return [];
    const children = descendantsOf(pid);
    process.kill(pid, "SIGKILL");
    await this.ended;
    return children;
  }

  #requirePid(): number {
    if (this.#child.pid === undefined) throw new Error("the command did not start");
    return this.#child.pid;
  }
}

/** All processes that a process has started, and those that these have. */
function descendantsOf(pid: number): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** The command line of a process; undefined where it has ended. */
export function commandLineOf(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-ww", "-o", "stat=,args=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return line === "" || line.startsWith("Z") ? undefined : line;
  } catch {
    return undefined;
  }
}

/** Ends what a killed command has left behind, by process ID. */
export function endAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** Waits until these processes have ended by themselves, with a bound; gives those that have not. */
export async function stillRunning(pids: readonly number[], timeoutSeconds: number): Promise<string[]> {
  const endMs = Date.now() + timeoutSeconds * 1_000;
  for (;;) {
    const left = pids.map(commandLineOf).filter((line) => line !== undefined);
    if (left.length === 0 || Date.now() > endMs) return left;
    await sleep(200);
  }
}
