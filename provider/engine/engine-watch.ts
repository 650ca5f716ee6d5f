import { connect } from "node:net";

/** How often the engine's address is tried; two refusals in a row mean that it is gone: within 10 seconds. */
export const WATCH_INTERVAL_MS = 3_000;
const REFUSALS_TO_BE_GONE = 2;

const HIGHEST_PORT = 65_535;
const ADDRESS = /^(?<host>[\w.-]+|\[[0-9a-f:]+\]):(?<port>\d+)$/i;

/** Whether somebody listens at an address. */
export type TryAddress = (address: string) => Promise<boolean>;

/** Calls an action again and again; gives what ends that. */
export type SetRepeating = (intervalMs: number, action: () => void) => () => void;

export interface WatchPorts {
  tryAddress: TryAddress;
  setRepeating: SetRepeating;
}

/**
 * Watches over the engine that a process works for, which may have been killed without a word: the engine's other
 * processes then live on, and would go on waiting.
 *
 * @param address host and port at which the engine listens; anything else is not watched
 * @param onGone called once
 * @returns what ends the watch
 */
export function watchEngine(
  address: string | undefined,
  onGone: () => void,
  ports: WatchPorts = LOOPBACK_PORTS,
): () => void {
  const port = Number(ADDRESS.exec(address ?? "")?.groups?.["port"]);
  if (address === undefined || !(port <= HIGHEST_PORT)) return () => undefined;
  let refusals = 0;
  let isEnded = false;
  const clear = ports.setRepeating(WATCH_INTERVAL_MS, () => {
    void ports.tryAddress(address).then((isThere) => {
      refusals = isThere ? 0 : refusals + 1;
      if (isEnded || refusals < REFUSALS_TO_BE_GONE) return;
      end();
      onGone();
    });
  });
  const end = (): void => {
    isEnded = true;
    clear();
  };
  return end;
}

const LOOPBACK_PORTS: WatchPorts = { tryAddress, setRepeating };

/** What says that nobody is there. Other errors are of this process (too many open files), and say nothing. */
const NOBODY_THERE = new Set(["ECONNREFUSED", "ECONNRESET"]);

/** A slow answer is an answer. */
function tryAddress(address: string): Promise<boolean> {
  const { host = "", port = "" } = ADDRESS.exec(address)?.groups ?? {};
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ""), port: Number(port) });
    const answer = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(WATCH_INTERVAL_MS, () => {
      answer(true);
    });
    socket.once("connect", () => {
      answer(true);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      answer(!NOBODY_THERE.has(error.code ?? ""));
    });
    socket.unref();
  });
}

/** Keeps no process alive. */
function setRepeating(intervalMs: number, action: () => void): () => void {
  const timer = setInterval(action, intervalMs).unref();
  return () => {
    clearInterval(timer);
  };
}
