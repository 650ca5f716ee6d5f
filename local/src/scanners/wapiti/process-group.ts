import { spawn } from "node:child_process";
import { readLines } from "./lines";

export interface GroupExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program in its own process group. */
export interface ProcessGroup {
  readonly pid: number;
  /** Resolves when the program has ended and all its output was read; never rejects. */
  readonly ended: Promise<GroupExit>;
  /** Returns the last lines of standard error. */
  lastErrors(): string;
  /** Terminates the whole group: SIGTERM, then SIGKILL after the grace period; resolves when no process of it is left. */
  stop(): Promise<void>;
}

export interface GroupOptions {
  command: readonly string[];
  /** A Python interpreter for the script that ties the program's life to ours; used on Linux only. */
  python: string;
  env: Record<string, string>;
  cwd: string;
  /** Receives each line of standard output. */
  onLine: (line: string) => void;
  /** Receives each line of standard error. */
  onErrorLine?: (line: string) => void;
  /** How long a group may take to exit after SIGTERM. Default 3,000. */
  graceMs?: number;
  /**
   * How much memory the program may use, in bytes of address space; larger allocations fail inside the program. Default:
   * no limit. Enforced on Linux only.
   */
  memoryLimitBytes?: number;
}

const DEFAULT_GRACE_MS = 3000;
/** Killed processes are gone at once, except those whose parent takes its time to reap them. */
const KILLED_GO_WITHIN_MS = 5000;
const GROUP_POLL_MS = 20;
const ERROR_LINES_KEPT = 5;
/**
 * PR_SET_PDEATHSIG: the kernel kills the program when we die, even by SIGKILL. If we died before it was set, it does not
 * start. Then the memory limit, 0 for none.
 */
const BOUND_TO_PARENT =
  "import ctypes,os,resource,sys;ctypes.CDLL(None).prctl(1,9);" +
  "os.getppid()==int(sys.argv[1]) or sys.exit(1);n=int(sys.argv[2]);" +
  "n and resource.setrlimit(resource.RLIMIT_AS,(n,n));os.execv(sys.argv[3],sys.argv[3:])";

export interface Bounds {
  /** The interpreter that sets the limits. */
  python: string;
  platform: NodeJS.Platform;
  parentPid: number;
  memoryLimitBytes?: number | undefined;
}

/** Wraps `command`: on Linux in one that dies with its parent and has a memory limit. */
export function boundCommand(command: readonly string[], bounds: Bounds): string[] {
  const { python, platform, parentPid, memoryLimitBytes = 0 } = bounds;
  if (platform !== "linux") return [...command];
  return [python, "-I", "-c", BOUND_TO_PARENT, String(parentPid), String(memoryLimitBytes), ...command];
}

/** Returns whether any process of a group exists. */
export function isGroupAlive(pgid: number): boolean {
  try {
    process.kill(-pgid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function signalGroup(pgid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pgid, signal);
  } catch {
    // Already gone, which is what was requested.
  }
}

async function untilGone(pgid: number, limitMs: number): Promise<boolean> {
  const limit = Date.now() + limitMs;
  while (isGroupAlive(pgid)) {
    if (Date.now() > limit) return false;
    await new Promise((resolve) => setTimeout(resolve, GROUP_POLL_MS));
  }
  return true;
}

/**
 * Starts a program with exactly the given environment and no standard input.
 *
 * @throws Error if it cannot be started at all.
 */
export async function startGroup(options: GroupOptions): Promise<ProcessGroup> {
  const { command, python, env, cwd, onLine, onErrorLine, graceMs = DEFAULT_GRACE_MS, memoryLimitBytes } = options;
  const bounds = { python, platform: process.platform, parentPid: process.pid, memoryLimitBytes };
  const [program, ...args] = boundCommand(command, bounds);
  const child = spawn(program ?? python, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  readLines(child.stdout, onLine);
  readLines(child.stderr, (line) => {
    onErrorLine?.(line);
    errors.push(line);
    if (errors.length > ERROR_LINES_KEPT) errors.shift();
  });
  const ended = new Promise<GroupExit>((resolve) =>
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    }),
  );
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  const pid = child.pid ?? 0;
  let isGone = false;
  return {
    pid,
    ended,
    lastErrors: () => errors.join("\n"),
    stop: async () => {
      // The ID of a group that is gone may have been reused by now.
      if (!isGone) {
        signalGroup(pid, "SIGTERM");
        if (!(await untilGone(pid, graceMs))) {
          signalGroup(pid, "SIGKILL");
          await untilGone(pid, KILLED_GO_WITHIN_MS);
        }
        isGone = true;
      }
      await ended;
    },
  };
}
