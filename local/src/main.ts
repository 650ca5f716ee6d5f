import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Accounts } from "./accounts/accounts";
import { createApiKey, hashApiKey } from "./accounts/api-key";
import { createSigningKey } from "./accounts/signing-key";
import { parseAccounts } from "./accounts/parse-accounts";
import { cacheDirOf } from "./cache-dir";
import { HELP } from "./cli-help";
import { parseCliOptions, UsageError, type CliOptions } from "./cli-options";
import { DEFAULT_SEED, type LocalServiceOptions, type Seed } from "./options";
import { teamUuidOf } from "./http/veracode/team-id";
import { ReachError } from "./reach";
import { EXAMPLE_SCRIPT } from "./scanners/example-script";
import { parseScript } from "./scanners/parse-script";
import type { Scanner } from "./scanners/scanner";
import type { Script } from "./scanners/script";
import { createWapitiScanner } from "./scanners/wapiti";
import { startService, type LocalService } from "./service";
import { backUp } from "./store/backup";
import { listProjects } from "./store/project-listing";

const USAGE_EXIT_CODE = 2;

const OPEN_TO_COLLEAGUES =
  "Each user in the accounts file may scan anything that listens on this machine. With --require-proof, only targets with a proof of their owner's consent.";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

/** Aborted by the first termination signal. */
function untilSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}

function readJson<Thing>(what: string, path: string, parse: (value: unknown) => Thing): Thing {
  try {
    return parse(JSON.parse(readFileSync(path, "utf8")) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} ${path} cannot be used. ${reason}`, { cause: error });
  }
}

const scriptOf = ({ scriptPath }: CliOptions): Script =>
  scriptPath === undefined ? EXAMPLE_SCRIPT : readJson("The script", scriptPath, parseScript);

const accountsOf = ({ accountsPath }: CliOptions): Accounts | undefined =>
  accountsPath === undefined ? undefined : readJson("The accounts file", accountsPath, parseAccounts);

/** Returns the seed from the command line, or undefined: an empty database then gets the default, any other stays as it is. */
function seedOf({ apiKey, signingKey, teamId }: CliOptions): Seed | undefined {
  if (apiKey === undefined && signingKey === undefined && teamId === undefined) return undefined;
  const id = teamId ?? 1;
  const name = DEFAULT_SEED.teams[0]?.name ?? "";
  return {
    teams: [{ id, name }],
    users: [{ name: "demo", teamIds: [id], ...given({ apiKey, signingKey }) }],
  };
}

async function scannerOf(options: CliOptions, signal: AbortSignal): Promise<Scanner | undefined> {
  const { scanner, dataDir, allowedTargets } = options;
  if (scanner === "scripted") return undefined;
  const logDir = dataDir === undefined ? {} : { logDir: join(dataDir, "logs") };
  return createWapitiScanner({
    ...{ cacheDir: cacheDirOf(process.env), log: printError, signal, allowedTargets },
    ...logDir,
  });
}

/** Removes undefined options, so that they take their defaults. */
function given<Options extends object>(options: {
  [Name in keyof Options]: Options[Name] | undefined;
}): Partial<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Options>;
}

async function serve(options: CliOptions): Promise<void> {
  const signal = untilSignal();
  const { api, allowLocalTargets, port, control, requireProof, dataDir, maxRunningScans, listen, publicUrl } = options;
  const seed = seedOf(options);
  const service = await startService({
    ...{ api, allowLocalTargets, port, control, requireProof, script: scriptOf(options) },
    ...given<LocalServiceOptions>({ dataDir, maxRunningScans, listen, publicUrl, seed }),
    ...given<LocalServiceOptions>({ accounts: accountsOf(options), scanner: await scannerOf(options, signal) }),
  });
  printNewKeys(service, options, seed?.teams[0]?.id ?? DEFAULT_SEED.teams[0]?.id ?? 1);
  if (options.accountsPath !== undefined && options.scanner === "wapiti" && !requireProof) {
    printError(OPEN_TO_COLLEAGUES);
  }
  if (control) print(`The control interface is on, without a key: ${service.url}/control`);
  print(`crashtest-local listening on ${service.url}`);
  if (!signal.aborted) await once(signal, "abort");
  await service.close();
  // A proof lookup may still be waiting for its target; nobody waits for the answer any more.
  setImmediate(() => process.exit());
}

/** Prints the keys that were created at this start. */
function printNewKeys({ apiKeys, signingKeys }: LocalService, options: CliOptions, teamId: number): void {
  const apiKey = options.apiKey === undefined ? apiKeys["demo"] : undefined;
  if (apiKey !== undefined) {
    print(`API key of the user "demo" (shown this once): ${apiKey}`);
    print(`Team ID: ${teamId}`);
  }
  for (const [name, { id, secret }] of Object.entries(signingKeys)) {
    if (name === "demo" && options.signingKey !== undefined) continue;
    print(`API ID of the user "${name}": ${id}`);
    print(`API key of the user "${name}" (shown this once): ${secret}`);
    if (name === "demo") print(`Team ID: ${teamUuidOf(teamId)}`);
  }
}

function printNewKey({ api }: CliOptions): void {
  if (api === "veracode") {
    const { id, secret } = createSigningKey();
    print(`API ID: ${id}`);
    print(
      `API key (give both to their user; the accounts file needs both, and must be readable by nobody else): ${secret}`,
    );
    return;
  }
  const key = createApiKey();
  print(`API key (give it to its user, and store it nowhere else): ${key}`);
  print(`apiKeySha256 for the accounts file: ${hashApiKey(key)}`);
}

async function main(): Promise<void> {
  // Stored data, including logs and webhooks, is for the service's own user only.
  process.umask(0o077);
  const options = parseCliOptions(process.argv.slice(2), process.env);
  const { dataDir = "", backupPath = "", port, publicUrl } = options;
  switch (options.action) {
    case "help":
      print(HELP);
      return;
    case "newKey":
      printNewKey(options);
      return;
    case "listProjects":
      listProjects(dataDir, publicUrl ?? `http://127.0.0.1:${port}`, options.api).forEach(print);
      return;
    case "backup":
      backUp(dataDir, backupPath);
      print(`The database was copied to ${backupPath}.`);
      return;
    case "serve":
      await serve(options);
  }
}

main().catch((error: unknown) => {
  printError(error instanceof Error ? `crashtest-local: ${error.message}` : String(error));
  process.exitCode = error instanceof UsageError || error instanceof ReachError ? USAGE_EXIT_CODE : 1;
});
