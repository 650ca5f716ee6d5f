import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process by its number and the time of its start: the system gives the number of one that has ended to another. */
export interface RunningProcess {
  pid: number;
  /** In whatever form the system tells it; it is only compared. */
  startedAt: string;
}

/** How long a process may take to end when it is asked to. */
const GRACE_MS = 5_000;
const POLL_MS = 50;

/** When the process of a number was started; undefined where there is none, or where it has ended and waits to be buried. */
export function startOf(pid: number): string | undefined {
  try {
    if (!existsSync("/proc/self/stat")) {
      const [state = "", ...start] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
        encoding: "utf8",
      })
        .trim()
        .split(/\s+/);
      return state === "" || state.startsWith("Z") ? undefined : start.join(" ");
    }
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in brackets, which may hold spaces and brackets itself.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export const isRunning = ({ pid, startedAt }: RunningProcess): boolean => startOf(pid) === startedAt;

/** Sends a signal. A process that ended a moment ago needs none. */
function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * Ends exactly this process, and resolves when it is gone; one that is gone already is no error.
 * @throws Error where it does not end
 */
export async function endProcess(process: RunningProcess): Promise<void> {
  for (const name of ["SIGTERM", "SIGKILL"] as const) {
    if (!isRunning(process)) return;
    signal(process.pid, name);
    for (let waitedMs = 0; isRunning(process) && waitedMs < GRACE_MS; waitedMs += POLL_MS) await sleep(POLL_MS);
  }
  if (isRunning(process)) throw new Error(`process ${process.pid} does not end`);
}
