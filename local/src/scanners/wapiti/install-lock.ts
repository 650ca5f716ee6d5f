import { setTimeout as sleep } from "node:timers/promises";
import { Database } from "../../store/database";

const POLL_MS = 250;

export interface LockOptions {
  /** A file that is created if it is missing, and stays. */
  lockPath: string;
  /** Called once, if somebody else holds the lock. */
  onWait: () => void;
  /** @throws whatever ends the wait. */
  checkWait: () => void;
}

/** Runs `work` while holding the lock; waits while another process, or another call in this one, holds it. */
export async function withLock<T>({ lockPath, onWait, checkWait }: LockOptions, work: () => Promise<T>): Promise<T> {
  const lock = new Database(lockPath);
  try {
    if (!lock.tryLock()) {
      onWait();
      do {
        checkWait();
        await sleep(POLL_MS);
      } while (!lock.tryLock());
    }
    return await work();
  } finally {
    lock.close();
  }
}
