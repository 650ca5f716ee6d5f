import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRunningClock } from "./clock";
import { createControl } from "./control/control";
import { createAccess } from "./http/access";
import { createApp } from "./http/app";
import type { Operations } from "./http/operation";
import { projectOperations } from "./http/projects";
import { reportOperations } from "./http/reports";
import { scanOperations } from "./http/scans";
import { webhookOperations } from "./http/webhook";
import { DEFAULT_SEED, type LocalServiceOptions } from "./options";
import { createScanRunner } from "./scans/scan-runner";
import { createScriptedScanner } from "./scanners/scripted";
import type { Script } from "./scanners/script";
import { openStore, type Store } from "./store/open-store";
import { plantSeed } from "./store/seeding";

const HOST = "127.0.0.1";

/** A service that listens. */
export interface LocalService {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** The API keys that are known, by the name of the user: given in the seed, or made at this start. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** The scanner's name. */
  readonly scanner: string;
  /** Gives the scripted scanner another script. @throws Error where another scanner is in use. */
  setScript(script: Script): void;
  /** Stops all scans, closes all connections and the database. Calling it again is no error. */
  close(): Promise<void>;
}

/** What stands in for operations of the service; for tests that need one to answer wrongly. */
export type OperationOverrides = Partial<Operations>;

export async function startService(
  options: LocalServiceOptions,
  overrides: OperationOverrides = {},
): Promise<LocalService> {
  const store = openStore(options.dataDir);
  try {
    return await compose(store, options, overrides);
  } catch (error) {
    store.close();
    throw error;
  }
}

async function compose(
  store: Store,
  options: LocalServiceOptions,
  overrides: OperationOverrides,
): Promise<LocalService> {
  const clock = options.clock ?? createRunningClock();
  const log = options.log ?? ((line: string): void => void process.stderr.write(`${line}\n`));
  const scripted = createScriptedScanner(clock, options.script);
  const scanner = options.scanner ?? scripted;
  const seed = options.seed ?? (store.users.hasUsers() ? undefined : DEFAULT_SEED);
  const apiKeys = seed === undefined ? {} : plantSeed(store.users, seed);
  store.scans.failAllRunning("The service ended while the scan ran.", clock.now());

  const runner = createScanRunner(store.scans, scanner, clock);
  const access = createAccess(store);
  const findByKey = store.users.findByKey;
  const setScript = (script: Script): void => {
    if (scanner !== scripted) throw new Error(`The scanner ${scanner.name} takes no script.`);
    scripted.setScript(script);
  };
  const operations: Operations = {
    ...projectOperations({ projects: store.projects, runner, access, clock }),
    ...scanOperations(runner, access),
    ...reportOperations(access),
    ...webhookOperations(runner, access),
    ...overrides,
  };
  const before = options.control === true ? createControl({ store, clock, setScript }) : [];
  const server = createServer(createApp({ operations, findByKey, before, log }));
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await runner.close();
    await closeServer(server);
    store.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url: `http://${HOST}:${port}`,
    port,
    apiKeys,
    scanner: scanner.name,
    setScript,
    close: () => (closing ??= close()),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const remedy = isTaken
        ? "Another program has it: choose another with --port, or 0 for a free one."
        : error.message;
      reject(new Error(`crashtest-local cannot listen on ${HOST}:${port}. ${remedy}`, { cause: error }));
    });
    server.listen(port, HOST, resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
