import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface GroupExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program in a process group of its own. */
export interface ProcessGroup {
  readonly pid: number;
  /** Resolves when the program has ended and all its output was read; never rejects. */
  readonly ended: Promise<GroupExit>;
  /** The last lines that went to standard error. */
  lastErrors(): string;
  /** Ends the whole group: SIGTERM, then SIGKILL after the grace; resolves when nobody of it is left. */
  stop(): Promise<void>;
}

export interface GroupOptions {
  command: readonly string[];
  /** An interpreter for the line that binds the program's life to ours; only used on Linux. */
  python: string;
  env: Record<string, string>;
  cwd: string;
  /** Told each line of standard output. */
  onLine: (line: string) => void;
  /** Told each line of standard error. */
  onErrorLine?: (line: string) => void;
  /** How long a group may take to end by itself after SIGTERM. Default 3,000. */
  graceMs?: number;
}

const DEFAULT_GRACE_MS = 3000;
/** What is killed is gone at once, but for those whose parent takes its time to ask after them. */
const KILLED_GO_WITHIN_MS = 5000;
const GROUP_POLL_MS = 20;
const ERROR_LINES_KEPT = 5;
/** PR_SET_PDEATHSIG: the kernel kills the program when we die, even of SIGKILL. If we died before it was set, it does not start. */
const BOUND_TO_PARENT =
  "import ctypes,os,sys;ctypes.CDLL(None).prctl(1,9);" +
  "os.getppid()==int(sys.argv[1]) or sys.exit(1);os.execv(sys.argv[2],sys.argv[2:])";

/** The command that is spawned for `command`: on Linux one that dies with its parent. */
export function boundCommand(
  command: readonly string[],
  python: string,
  platform: NodeJS.Platform,
  parentPid: number,
): string[] {
  return platform === "linux" ? [python, "-I", "-c", BOUND_TO_PARENT, String(parentPid), ...command] : [...command];
}

/** Whether any process of a group is there. */
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
    // Gone already, which is what was asked for.
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
 * Starts a program with exactly the environment given and nothing to read.
 *
 * @throws Error where it cannot be started at all.
 */
export async function startGroup(options: GroupOptions): Promise<ProcessGroup> {
  const { command, python, env, cwd, onLine, onErrorLine, graceMs = DEFAULT_GRACE_MS } = options;
  const [program, ...args] = boundCommand(command, python, process.platform, process.pid);
  const child = spawn(program ?? python, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on("line", onLine);
  createInterface({ input: child.stderr }).on("line", (line) => {
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
      // The number of a group that is gone may be somebody else's by now.
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
