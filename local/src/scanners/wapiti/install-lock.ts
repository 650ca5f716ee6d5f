import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Who holds a lock. The start time tells a process from a later one with the same number. */
export interface LockOwner {
  pid: number;
  startTime: string;
}

const POLL_MS = 250;
/** Taking away a dead owner's lock takes milliseconds; whoever needs longer was killed while at it. */
const BREAKING_TAKES_MS = 10_000;

/** When a process started, in words of the system; undefined where there is no such process. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform !== "linux") {
      const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]);
      return stdout.trim() || undefined;
    }
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // Field 22; the program's name, in parentheses, may hold blanks.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

async function readOwner(lockPath: string): Promise<LockOwner | undefined> {
  const text = await readFile(lockPath, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [, pid, startTime] = /^(\d+) (.*)$/.exec(text) ?? [];
  return { pid: Number(pid ?? 0), startTime: startTime ?? "" };
}

async function isAlive(owner: LockOwner): Promise<boolean> {
  return owner.pid > 0 && (await startTimeOf(owner.pid)) === owner.startTime;
}

/** Creates a file with its whole content at once, or returns false where it is there already. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock of a dead owner; false where somebody else is at it. A second lock around it, or two that find it dead could remove a third one's. */
async function breakDeadLock(lockPath: string): Promise<boolean> {
  const breaking = `${lockPath}.breaking`;
  if (!(await createWhole(breaking, ""))) {
    const age = await stat(breaking).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > BREAKING_TAKES_MS) await rm(breaking, { force: true });
    return false;
  }
  try {
    const owner = await readOwner(lockPath);
    if (owner !== undefined && !(await isAlive(owner))) await rm(lockPath, { force: true });
    return true;
  } finally {
    await rm(breaking, { force: true });
  }
}

export interface LockOptions {
  lockPath: string;
  /** Told once, when somebody else holds the lock. */
  onWait: (owner: LockOwner) => void;
  /** @throws whatever ends the waiting. */
  checkWait: () => void;
}

/** Runs `work` while holding the lock; waits while a living process holds it, and takes it over from a dead one. */
export async function withLock<T>({ lockPath, onWait, checkWait }: LockOptions, work: () => Promise<T>): Promise<T> {
  const startTime = (await startTimeOf(process.pid)) ?? "";
  const mine = `${process.pid} ${startTime}`;
  let hasWaited = false;
  while (!(await createWhole(lockPath, mine))) {
    checkWait();
    const owner = await readOwner(lockPath);
    if (owner === undefined) continue;
    if (!(await isAlive(owner))) {
      if (await breakDeadLock(lockPath)) continue;
    } else if (!hasWaited) {
      onWait(owner);
      hasWaited = true;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}
