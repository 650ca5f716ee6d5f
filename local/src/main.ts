import { once } from "node:events";
import { readFileSync } from "node:fs";
import { cacheDirOf, HELP, parseCliOptions, UsageError, type CliOptions } from "./cli-options";
import { DEFAULT_SEED, type Seed } from "./options";
import { EXAMPLE_SCRIPT } from "./scanners/example-script";
import { parseScript } from "./scanners/parse-script";
import type { Scanner } from "./scanners/scanner";
import type { Script } from "./scanners/script";
import { createWapitiScanner } from "./scanners/wapiti";
import { startService } from "./service";
import { listProjects } from "./store/project-listing";

const USAGE_EXIT_CODE = 2;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

/** Aborted by the first signal to end. */
function untilSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}

function readScript(path: string | undefined): Script {
  if (path === undefined) return EXAMPLE_SCRIPT;
  try {
    return parseScript(JSON.parse(readFileSync(path, "utf8")) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The script ${path} cannot be used. ${reason}`, { cause: error });
  }
}

/** Chosen on the command line, or undefined: then an empty database gets the default and another stays as it is. */
function seedOf({ apiKey, teamId }: CliOptions): Seed | undefined {
  if (apiKey === undefined && teamId === undefined) return undefined;
  const id = teamId ?? 1;
  const name = DEFAULT_SEED.teams[0]?.name ?? "";
  return {
    teams: [{ id, name }],
    users: [{ name: "demo", teamIds: [id], ...(apiKey === undefined ? {} : { apiKey }) }],
  };
}

async function scannerOf(options: CliOptions, signal: AbortSignal): Promise<Scanner | undefined> {
  if (options.scanner === "scripted") return undefined;
  return createWapitiScanner({ cacheDir: cacheDirOf(process.env), log: printError, signal });
}

async function serve(options: CliOptions): Promise<void> {
  const signal = untilSignal();
  const script = readScript(options.scriptPath);
  const scanner = await scannerOf(options, signal);
  const seed = seedOf(options);
  const service = await startService({
    port: options.port,
    script,
    control: options.control,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(scanner === undefined ? {} : { scanner }),
    ...(seed === undefined ? {} : { seed }),
  });
  const madeKey = options.apiKey === undefined ? service.apiKeys["demo"] : undefined;
  if (madeKey !== undefined) {
    print(`API key of the user "demo" (shown this once): ${madeKey}`);
    print(`Team ID: ${seed?.teams[0]?.id ?? DEFAULT_SEED.teams[0]?.id ?? 1}`);
  }
  if (options.control) print(`The control interface is on, without a key: ${service.url}/control`);
  print(`crashtest-local listening on ${service.url}`);
  if (!signal.aborted) await once(signal, "abort");
  await service.close();
}

async function main(): Promise<void> {
  const options = parseCliOptions(process.argv.slice(2), process.env);
  if (options.action === "help") print(HELP);
  else if (options.action === "listProjects") listProjects(options.dataDir ?? "", options.port).forEach(print);
  else await serve(options);
}

main().catch((error: unknown) => {
  printError(error instanceof Error ? `crashtest-local: ${error.message}` : String(error));
  process.exitCode = error instanceof UsageError ? USAGE_EXIT_CODE : 1;
});
