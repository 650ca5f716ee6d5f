/** What a waiter has observed of a lock. */
export interface LockWatch {
  /** Whether a process with the owner's ID is running here; true if the lock belongs to another machine. */
  ownerIsAlive: boolean;
  /** How long the waiter itself has seen no heartbeat, in milliseconds. */
  unchangedForMs: number;
}

/** Returns whether a lock may be taken over: after 3 s without a heartbeat if the owner is dead, after 20 s if it is alive. */
export function isLockStale(watch: LockWatch): boolean;

/**
 * Runs `action` while holding the lock `file`; its folder is created. Waits while another process holds it, without limit:
 * the owner proves by heartbeats that it is alive, and the lock of a dead owner is taken over.
 *
 * @param onWait called with the owner's process ID when the wait starts and every 30 s.
 */
export function withLock<T>(file: string, onWait: (ownerPid: number) => void, action: () => Promise<T>): Promise<T>;
