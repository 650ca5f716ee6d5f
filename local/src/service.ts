import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createRunningClock, createSteadyClock, type AdvanceableClock, type Clock } from "./clock";
import { createConsent, type Consent } from "./consent/consent";
import { createControl } from "./control/control";
import { createAccess } from "./http/access";
import { createApp } from "./http/app";
import { createHealth } from "./http/health";
import { nameInstance } from "./http/instance";
import { closeServer, listen } from "./http/listening";
import type { Operations } from "./http/operation";
import { projectOperations } from "./http/projects";
import { reportOperations } from "./http/reports";
import { scanOperations } from "./http/scans";
import { webhookOperations } from "./http/webhook";
import { DEFAULT_SEED, type LocalServiceOptions } from "./options";
import { decideReach } from "./reach";
import { createScanRunner, type ScanRunner } from "./scans/scan-runner";
import type { Scanner } from "./scanners/scanner";
import { createScriptedScanner } from "./scanners/scripted";
import type { Script } from "./scanners/script";
import { createPage } from "./page/page";
import { firstIdAt } from "./store/instance";
import { observeStore, type ObservedStore } from "./store/observed-store";
import { explained } from "./store/explain-error";
import { databasePath, openStore, type Store } from "./store/open-store";
import { plantSeed } from "./store/seeding";

/** A scan usually takes one core and about 120 MB. */
const DEFAULT_MAX_RUNNING_SCANS = 2;

/** A service that listens. */
export interface LocalService {
  /** Its address on this machine, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** The known API keys, by user name: given in the seed, or created at this start. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** The scanner's name. */
  readonly scanner: string;
  /** Gives the scripted scanner another script. @throws Error if another scanner is in use. */
  setScript(script: Script): void;
  /** Stops all scans, closes all connections and the database. It can be called again. */
  close(): Promise<void>;
}

/** Replacements for operations of the service; for tests that need a wrong answer. */
export type OperationOverrides = Partial<Operations>;

export async function startService(
  options: LocalServiceOptions,
  overrides: OperationOverrides = {},
): Promise<LocalService> {
  const clock = options.clock ?? createRunningClock();
  const { firstId = firstIdAt(clock.now()), instance = randomBytes(6).toString("hex") } = options;
  const store = observeStore(openStore(options.dataDir, { firstId, instance }));
  try {
    return await compose(store, clock, options, overrides);
  } catch (error) {
    store.close();
    // Damage beyond the header shows only when that part is first read.
    throw options.dataDir === undefined ? error : explained(databasePath(options.dataDir), error);
  }
}

/** Applies the accounts; returns the known API keys, by user name. */
function admit(store: Store, { accounts, seed }: LocalServiceOptions): Record<string, string> {
  if (accounts !== undefined) {
    store.accounts.replace(accounts);
    return {};
  }
  const planted = seed ?? (store.users.hasUsers() ? undefined : DEFAULT_SEED);
  return planted === undefined ? {} : plantSeed(store.users, planted);
}

interface Scanning {
  scanner: Scanner;
  setScript: (script: Script) => void;
  consent: Consent;
  runner: ScanRunner;
}

function composeScanning(
  store: Store,
  clock: Clock,
  log: (line: string) => void,
  options: LocalServiceOptions,
): Scanning {
  const scripted = createScriptedScanner(clock, options.script);
  const scanner = options.scanner ?? scripted;
  const setScript = (script: Script): void => {
    if (scanner !== scripted) throw new Error(`The scanner ${scanner.name} does not take a script.`);
    scripted.setScript(script);
  };
  const touchesTargets = scanner.touchesTargets ?? true;
  const { requireProof = false, resolveHost } = options;
  const consent = createConsent({ requireProof, touchesTargets, resolveHost, log });
  store.scans.failAllRunning("The service ended while the scan was running.", clock.now());
  const runner = createScanRunner({
    ...{ scans: store.scans, scanner, clock, log },
    maxRunningScans: options.maxRunningScans ?? (touchesTargets ? DEFAULT_MAX_RUNNING_SCANS : Infinity),
    admitLate: consent.admit,
  });
  return { scanner, setScript, consent, runner };
}

async function compose(
  store: ObservedStore,
  clock: AdvanceableClock,
  options: LocalServiceOptions,
  overrides: OperationOverrides,
): Promise<LocalService> {
  const { listen: listenOn, publicUrl, control: hasControl = false } = options;
  const reach = decideReach({
    ...{ hasAccounts: options.accounts !== undefined, hasControl },
    ...(listenOn === undefined ? {} : { listen: listenOn }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  const log = options.log ?? ((line: string): void => void process.stderr.write(`${line}\n`));
  const apiKeys = admit(store, options);
  const { scanner, setScript, consent, runner } = composeScanning(store, clock, log, options);
  const access = createAccess(store);
  const operations: Operations = {
    ...projectOperations({ projects: store.projects, runner, access, clock }),
    ...scanOperations({ runner, consent }, access),
    ...reportOperations(access),
    ...webhookOperations({ runner, consent }, access),
    ...overrides,
  };
  const { answersTo, address } = reach;
  const before = hasControl ? createControl({ store, clock, setScript }) : [];
  const health = createHealth(store);
  const page = createPage({ store, access, scanner, clock, deliveryClock: createSteadyClock(), log });
  const { findByKey } = store.users;
  const instance = nameInstance(store.instance);
  const server = createServer(createApp({ operations, findByKey, answersTo, health, instance, page, before, log }));
  const port = await listen(server, { address, port: options.port ?? 0 });
  const close = async (): Promise<void> => {
    await runner.close();
    await closeServer(server);
    store.close();
  };
  let closing: Promise<void> | undefined;
  const url = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  return { url, port, apiKeys, scanner: scanner.name, setScript, close: () => (closing ??= close()) };
}
