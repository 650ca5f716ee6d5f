/** What a waiter has seen of a lock. */
export interface LockWatch {
  /** Whether a process with the owner's ID runs here; true where the lock is another machine's. */
  ownerIsAlive: boolean;
  /** For how long the waiter itself has seen no heartbeat, in milliseconds. */
  unchangedForMs: number;
}

/** Whether a lock may be taken over: after 3 s without a heartbeat of a dead owner, after 20 s of a living one. */
export function isLockStale(watch: LockWatch): boolean;

/**
 * Runs `action` while holding the lock `file`; its folder is made. Waits while another process holds it, without limit:
 * the owner shows by heartbeats that it is alive, and the lock of one that is not is taken over.
 *
 * @param onWait called with the owner's process ID when the wait begins and every 30 s.
 */
export function withLock<T>(file: string, onWait: (ownerPid: number) => void, action: () => Promise<T>): Promise<T>;
