import { connect } from "node:net";

let isWatched = false;

/**
 * Ends this process within 10 seconds after its engine, which nothing else does after a `kill -9`. A scan that it started then
 * would be in no state.
 *
 * @param address host and port at which the engine listens; undefined where there is none to end with
 */
export function endWithEngine(address: string | undefined): void {
  if (isWatched || address === undefined) return;
  isWatched = true;
  watchEngine(address, () => process.exit(1));
}

/** Returns the engine's address among the arguments of a process that the engine started; its own flags may precede it. */
export const engineAddressAmong = (args: readonly string[]): string | undefined =>
  args.find((argument) => ADDRESS.test(argument));

/** How often a connection to the engine is tried. Two refusals in a row mean that it is gone. */
export const WATCH_INTERVAL_MS = 3_000;
const REFUSALS_TO_BE_GONE = 2;

const HIGHEST_PORT = 65_535;
const ADDRESS = /^(?<host>[\w.-]+|\[[0-9a-f:]+\]):(?<port>\d+)$/i;

export interface WatchPorts {
  /** Returns whether anything listens at an address. */
  tryAddress: (address: string) => Promise<boolean>;
  /** Calls an action repeatedly; returns a function that ends it. */
  setRepeating: (intervalMs: number, action: () => void) => () => void;
}

/**
 * Watches the engine that a process works for. If that is killed, its other processes live on.
 *
 * @param address host and port at which the engine listens; anything else is not watched
 * @param onGone called once
 * @returns a function that ends the watch
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

/** Errors that mean that nothing listens there. Others, such as too many open files, are this process's own. */
const NOBODY_THERE = new Set(["ECONNREFUSED", "ECONNRESET"]);

/** A slow answer counts as one. */
function tryAddress(address: string): Promise<boolean> {
  const { host = "", port = "" } = ADDRESS.exec(address)?.groups ?? {};
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ""), port: Number(port) });
    const answer = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(WATCH_INTERVAL_MS, answer(true));
    socket.once("connect", answer(true));
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      answer(!NOBODY_THERE.has(code ?? ""))();
    });
    socket.unref();
  });
}

/** Does not keep the process alive. */
function setRepeating(intervalMs: number, action: () => void): () => void {
  const timer = setInterval(action, intervalMs).unref();
  return () => {
    clearInterval(timer);
  };
}
