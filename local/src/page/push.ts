import type { CancelTimer, Clock } from "../clock";

/** The shortest time between two events of a stream: at most four in a second. */
export const MIN_INTERVAL_MS = 250;
/** How often a stream shows that it lives, also to proxies, which end connections that are silent. */
export const HEARTBEAT_MS = 15_000;
/** How long a reader may take nothing before the stream is given up. */
export const MAX_BLOCKED_MS = 60_000;

export interface PushParts {
  clock: Pick<Clock, "now" | "setTimer">;
  /** The next event as text, the newest there is; undefined where nothing has changed. */
  next: () => string | undefined;
  /** Sends text; false where the reader does not keep up: then nothing more is sent before `drained`. */
  write: (text: string) => boolean;
  /** Called where the reader took nothing for too long. */
  giveUp: () => void;
}

/** Decides when a stream sends: at once, then in a bounded rate; a reader that is slow gets the newest state only. */
export interface Push {
  /** Something has changed. */
  notify: () => void;
  /** The reader takes more. */
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
      // Also looks whether a right was lost, of which no change tells.
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
