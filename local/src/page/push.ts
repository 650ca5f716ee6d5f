import type { CancelTimer, Clock } from "../clock";

/** The shortest time between two events of a stream: at most four per second. */
export const MIN_INTERVAL_MS = 250;
/** How often a stream sends a heartbeat, also for proxies, which close silent connections. */
export const HEARTBEAT_MS = 15_000;
/** How long a reader may read nothing before the stream is closed. */
export const MAX_BLOCKED_MS = 60_000;

export interface PushParts {
  clock: Pick<Clock, "now" | "setTimer">;
  /** Returns the latest state as the text of an event; undefined if nothing has changed. */
  next: () => string | undefined;
  /** Sends text; returns false if the reader does not keep up: then nothing more is sent before `drained`. */
  write: (text: string) => boolean;
  /** Called if the reader has read nothing for too long. */
  giveUp: () => void;
}

/** Decides when a stream sends: at once, then at a limited rate; a slow reader gets only the latest state. */
export interface Push {
  /** Something has changed. */
  notify: () => void;
  /** The reader can take more. */
  drained: () => void;
  stop(): void;
}

const HEARTBEAT = ": heartbeat\n\n";

export function startPush({ clock, next, write, giveUp }: PushParts): Push {
  let isDirty = true;
  let blockedSinceMs: number | undefined;
  let lastSentMs = -Infinity;
  let isStopped = false;
  let cancelSend: CancelTimer | undefined;
  let cancelHeartbeat: CancelTimer = () => undefined;

  const send = (): boolean => {
    cancelSend = undefined;
    isDirty = false;
    const text = next();
    if (text === undefined || isStopped) return false;
    lastSentMs = clock.now();
    if (!write(text)) blockedSinceMs ??= clock.now();
    return true;
  };
  const schedule = (): void => {
    if (isStopped || !isDirty || blockedSinceMs !== undefined || cancelSend !== undefined) return;
    const waitMs = lastSentMs + MIN_INTERVAL_MS - clock.now();
    cancelSend = clock.setTimer(Math.max(0, waitMs), () => void send());
  };
  const beat = (): void => {
    cancelHeartbeat = clock.setTimer(HEARTBEAT_MS, beat);
    if (blockedSinceMs === undefined) {
      // Also checks whether a permission was revoked, which no change reports.
      if (cancelSend === undefined && !send() && !isStopped) write(HEARTBEAT);
    } else if (clock.now() - blockedSinceMs >= MAX_BLOCKED_MS) giveUp();
  };

  cancelHeartbeat = clock.setTimer(HEARTBEAT_MS, beat);
  send();
  return {
    notify: () => {
      isDirty = true;
      schedule();
    },
    drained: () => {
      blockedSinceMs = undefined;
      schedule();
    },
    stop: () => {
      isStopped = true;
      cancelSend?.();
      cancelHeartbeat();
    },
  };
}
