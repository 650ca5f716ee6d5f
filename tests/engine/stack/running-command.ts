import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithTest } from "./ending";

/** What a command printed and how it ended. */
export interface Run {
  exitCode: number;
  /** Standard output and standard error, as they came. */
  output: string;
}

export interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** A command that takes longer is killed, and so fails the test. @default 240 */
  timeoutSeconds?: number;
}

/** After a `kill -9` of the CLI its children keep the pipes open; what a command has printed itself is here by then. */
const LAST_OUTPUT_MS = 300;

/** What the CLI says of a first Ctrl-C. */
const INTERRUPTED = "press ^C again";

/** A command that runs, in a process group of its own, so that it can be interrupted as a terminal would. It ends with the test. */
export class RunningCommand {
  output = "";
  readonly ended: Promise<Run>;
  readonly #child: ChildProcess;

  constructor(command: string, args: readonly string[], options: CommandOptions) {
    const { cwd, env = process.env, timeoutSeconds = 240 } = options;
    this.#child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const collect = (chunk: Buffer): void => void (this.output += chunk.toString());
    this.#child.stdout?.on("data", collect);
    this.#child.stderr?.on("data", collect);
    const timer = setTimeout(() => {
      this.#endAll();
    }, timeoutSeconds * 1_000);
    this.ended = new Promise((resolve, reject) => {
      const end = (code: number | null): void => {
        clearTimeout(timer);
        resolve({ exitCode: code ?? -1, output: this.output });
      };
      this.#child.once("error", reject);
      this.#child.once("close", end);
      this.#child.once("exit", (code) => setTimeout(end, LAST_OUTPUT_MS, code).unref());
    });
    endWithTest(() => {
      this.#endAll();
    });
  }

  /** As Ctrl-C in a terminal, which reaches the whole group. Gives the seconds until the command had ended. */
  async interrupt(): Promise<number> {
    const startMs = performance.now();
    process.kill(-this.#requirePid(), "SIGINT");
    await this.ended;
    return (performance.now() - startMs) / 1_000;
  }

  /** As Ctrl-C, and again as soon as the CLI has answered to that. Gives the seconds until it had ended, as `interrupt`. */
  async interruptTwice(): Promise<number> {
    const ended = this.interrupt();
    while (!this.#hasEnded() && !this.output.includes(INTERRUPTED)) await sleep(5);
    if (!this.#hasEnded()) process.kill(-this.#requirePid(), "SIGINT");
    return ended;
  }

  /** The processes that the command has started and that run now, with those that these have started. */
  descendants(): number[] {
    return descendantsOf(this.#requirePid());
  }

  /**
   * Kills the command alone, as the system does when memory is short; its children live on.
   *
   * @returns the processes that it leaves behind
   */
  async killAlone(): Promise<number[]> {
    const pid = this.#requirePid();
    if (this.#hasEnded()) return [];
    const children = descendantsOf(pid);
    process.kill(pid, "SIGKILL");
    await this.ended;
    return children;
  }

  /** Kills it and all that it has started. */
  #endAll(): void {
    if (!this.#hasEnded()) endAll([...descendantsOf(this.#requirePid()), this.#requirePid()]);
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
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
