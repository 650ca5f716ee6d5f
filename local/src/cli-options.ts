import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** The port of the command where none is named: fixed, so that a stack's configuration stays right between two starts. */
export const DEFAULT_PORT = 4747;
const MAX_PORT = 65_535;

export const HELP = `crashtest-local: a local service that speaks the Crashtest Security API, on 127.0.0.1 only.

Usage: crashtest-local [options]

  --port N             The port; 0 takes a free one. Default ${DEFAULT_PORT}.
  --data DIR           Keep users, projects and scans in this folder, in an SQLite database.
                       Default: in memory. Nothing is left behind, and every start begins anew.
  --scanner NAME       scripted or wapiti. Default scripted: it touches no target, its findings are invented.
                       wapiti scans targets on this machine only, and is installed on first use.
  --script FILE        What the scripted scanner does, as JSON. Default: five seconds, three invented findings.
  --api-key KEY        The API key of the user "demo". Default: a new one at the first start, printed once.
                       Others on this machine may see command lines; the environment variable
                       CRASHTEST_LOCAL_API_KEY does the same, unseen.
  --team-id N          The team of the user "demo". Default 1.
  --control            Offer the control interface for tests under /control; it needs no key. Default off.
  --list-projects      Print the projects in --data with their webhooks, and end.
  --help               Print this, and end.

It prints one line "crashtest-local listening on http://127.0.0.1:PORT" when it is ready. SIGINT and SIGTERM stop
running scans and end it.
`;

export interface CliOptions {
  action: "serve" | "help" | "listProjects";
  port: number;
  dataDir: string | undefined;
  scanner: "scripted" | "wapiti";
  scriptPath: string | undefined;
  apiKey: string | undefined;
  teamId: number | undefined;
  control: boolean;
}

/** A command line that cannot be followed; `reasons` names all that is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(readonly reasons: readonly string[]) {
    super(`${reasons.join("\n")}\nRun crashtest-local --help for the options.`);
  }
}

const OPTIONS = {
  port: { type: "string" },
  data: { type: "string" },
  scanner: { type: "string" },
  script: { type: "string" },
  "api-key": { type: "string" },
  "team-id": { type: "string" },
  control: { type: "boolean" },
  "list-projects": { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Reads the command line. @throws UsageError with all reasons at once. */
export function parseCliOptions(args: readonly string[], env: NodeJS.ProcessEnv): CliOptions {
  const values = parsed(args);
  const reasons: string[] = [];
  const whole = (name: "port" | "team-id", least: number, most: number): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    const isGood = /^[0-9]{1,16}$/.test(text) && Number(text) >= least && Number(text) <= most;
    if (!isGood) reasons.push(`--${name} must be a whole number from ${least} to ${most}.`);
    return Number(text);
  };
  const port = whole("port", 0, MAX_PORT) ?? DEFAULT_PORT;
  const teamId = whole("team-id", 1, Number.MAX_SAFE_INTEGER);
  const scanner = values.scanner ?? "scripted";
  if (scanner !== "scripted" && scanner !== "wapiti") reasons.push("--scanner must be scripted or wapiti.");
  if (scanner === "wapiti" && values.script !== undefined) reasons.push("--script is for the scripted scanner only.");
  if (values["list-projects"] === true && values.data === undefined) reasons.push("--list-projects needs --data.");
  if (reasons.length > 0) throw new UsageError(reasons);
  const apiKey = values["api-key"] ?? env["CRASHTEST_LOCAL_API_KEY"];
  return {
    action: values.help === true ? "help" : values["list-projects"] === true ? "listProjects" : "serve",
    port,
    dataDir: values.data === undefined ? undefined : resolve(values.data),
    scanner: scanner === "wapiti" ? "wapiti" : "scripted",
    scriptPath: values.script,
    apiKey: apiKey === "" ? undefined : apiKey,
    teamId,
    control: values.control === true,
  };
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"] {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError([error instanceof Error ? error.message : String(error)]);
  }
}

/** Where the real scanner is installed: the cache that the package's other tools use as well. */
export function cacheDirOf(env: NodeJS.ProcessEnv): string {
  const own = env["CRASHTEST_CACHE_DIR"];
  if (own !== undefined && own !== "") return resolve(own);
  const userCache = env["XDG_CACHE_HOME"];
  const root = userCache !== undefined && userCache !== "" ? resolve(userCache) : join(homedir(), ".cache");
  return join(root, "pulumi-crashtest");
}
