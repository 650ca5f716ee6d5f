import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createRunningClock, createSteadyClock, createWall, type AdvanceableClock, type Clock } from "./clock";
import { createConsent, type Consent } from "./consent/consent";
import { createControl } from "./control/control";
import { createAccess, type Access } from "./http/access";
import { createApp } from "./http/app";
import type { Api } from "./http/api";
import { createCrashtestApi } from "./http/crashtest/api";
import type { CrashtestOperations } from "./http/crashtest/operations";
import { createHealth } from "./http/health";
import { closeServer, listen } from "./http/listening";
import { createVeracodeApi } from "./http/veracode/api";
import type { VeracodeOperations } from "./http/veracode/operations";
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
import { plantSeed, plantSigningKeys } from "./store/seeding";
import type { SigningKey, User } from "./store/users";

/** A scan usually takes one core and about 120 MB. */
const DEFAULT_MAX_RUNNING_SCANS = 2;

/** Why scans failed that were queued or running when the service ended. */
const RESTARTED = {
  withLogin: "login_failed: the service was restarted, and a login is kept in memory only",
  others: "The service ended while the scan was running.",
};

/** A service that listens. */
export interface LocalService {
  /** Its address on this machine, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** The known API keys, by user name: given in the seed, or created at this start. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** The known signing keys, by user name, as `apiKeys`; empty unless it speaks the Veracode API. */
  readonly signingKeys: Readonly<Record<string, SigningKey>>;
  /** The scanner's name. */
  readonly scanner: string;
  /** Gives the scripted scanner another script. @throws Error if another scanner is in use. */
  setScript(script: Script): void;
  /** Stops all scans, closes all connections and the database. It can be called again. */
  close(): Promise<void>;
}

/** Replacements for operations of the service; for tests that need a wrong answer. */
export type OperationOverrides = Partial<CrashtestOperations & VeracodeOperations>;

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

type KnownKeys = Pick<LocalService, "apiKeys" | "signingKeys">;

/** Applies the accounts; returns the known keys, by user name. */
function admit(store: Store, { accounts, seed, api }: LocalServiceOptions): KnownKeys {
  if (accounts !== undefined) {
    store.accounts.replace(accounts);
    return { apiKeys: {}, signingKeys: {} };
  }
  const isSigned = api === "veracode";
  const planted = seed ?? (store.users.hasUsers() ? undefined : DEFAULT_SEED);
  return {
    apiKeys: planted === undefined ? {} : plantSeed(store.users, planted, !isSigned),
    signingKeys: isSigned ? plantSigningKeys(store.users, planted) : {},
  };
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
  store.scans.failAllRunning(RESTARTED, clock.now());
  const runner = createScanRunner({
    ...{ scans: store.scans, scanner, clock, log },
    maxRunningScans: options.maxRunningScans ?? (touchesTargets ? DEFAULT_MAX_RUNNING_SCANS : Infinity),
    admitLate: consent.admit,
  });
  return { scanner, setScript, consent, runner };
}

interface ApiParts {
  store: ObservedStore;
  clock: Clock;
  access: Access;
  wallNow: () => number;
  log: (line: string) => void;
}

function createApi(
  parts: ApiParts & Pick<Scanning, "consent" | "runner">,
  { api = "crashtest", allowLocalTargets = false }: LocalServiceOptions,
  overrides: OperationOverrides,
): Api {
  return api === "veracode"
    ? createVeracodeApi({ ...parts, allowLocal: allowLocalTargets, overrides })
    : createCrashtestApi({ ...parts, overrides });
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
  const keys = admit(store, options);
  const { scanner, setScript, consent, runner } = composeScanning(store, clock, log, options);
  const access = createAccess(store);
  const wall = createWall(options.wallNow);
  const api = createApi({ store, clock, access, wallNow: wall.now, log, runner, consent }, options, overrides);
  const { answersTo, address } = reach;
  const before = hasControl ? createControl({ store, clock, wall, setScript, api }) : [];
  const health = createHealth(store);
  const findByKey = (key: string): User | undefined => store.users.findByKey(key) ?? store.users.findBySecret(key);
  const page = createPage({
    store,
    access,
    setup: api.setup,
    findByKey,
    scanner,
    clock,
    deliveryClock: createSteadyClock(),
    log,
  });
  const server = createServer(createApp({ api, answersTo, health, page, before, log }));
  const port = await listen(server, { address, port: options.port ?? 0 });
  const close = async (): Promise<void> => {
    await runner.close();
    await closeServer(server);
    store.close();
  };
  let closing: Promise<void> | undefined;
  const url = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  return { url, port, ...keys, scanner: scanner.name, setScript, close: () => (closing ??= close()) };
}
