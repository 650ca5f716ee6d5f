import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isSigningKeyId, isSigningSecret } from "./accounts/signing-key";
import { DEFAULT_PORT } from "./cli-help";
import type { ApiName } from "./options";
import type { SigningKey } from "./store/users";

const MAX_PORT = 65_535;
const MAX_RUNNING_SCANS = 64;

export interface CliOptions {
  action: "serve" | "help" | "listProjects" | "backup" | "newKey";
  api: ApiName;
  /** Whether targets may be localhost or IP addresses; only with the API of Veracode. */
  allowLocalTargets: boolean;
  port: number;
  dataDir: string | undefined;
  scanner: "scripted" | "wapiti";
  scriptPath: string | undefined;
  /** Default: depends on the scanner. */
  maxRunningScans: number | undefined;
  /** Hosts beyond this machine that may be scanned, as written. */
  allowedTargets: readonly string[];
  requireProof: boolean;
  accountsPath: string | undefined;
  listen: string | undefined;
  publicUrl: string | undefined;
  backupPath: string | undefined;
  /** The key of the user `demo` for the API of Crashtest. */
  apiKey: string | undefined;
  /** The key of the user `demo` for the API of Veracode. */
  signingKey: SigningKey | undefined;
  teamId: number | undefined;
  control: boolean;
}

/** An invalid command line; `reasons` lists everything that is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(readonly reasons: readonly string[]) {
    super(`${reasons.join("\n")}\nRun crashtest-local --help for the options.`);
  }
}

const OPTIONS = {
  api: { type: "string" },
  "api-id": { type: "string" },
  "allow-local-targets": { type: "boolean" },
  port: { type: "string" },
  data: { type: "string" },
  scanner: { type: "string" },
  script: { type: "string" },
  "api-key": { type: "string" },
  "team-id": { type: "string" },
  "max-scans": { type: "string" },
  "allow-target": { type: "string", multiple: true },
  "require-proof": { type: "boolean" },
  accounts: { type: "string" },
  "new-key": { type: "boolean" },
  listen: { type: "string" },
  "public-url": { type: "string" },
  backup: { type: "string" },
  control: { type: "boolean" },
  "list-projects": { type: "boolean" },
  help: { type: "boolean" },
} as const;

type Values = ReturnType<typeof parsed>;

const VERACODE_ONLY = ["api-id", "allow-local-targets"] as const;

/** The key of the user `demo`, from the command line or else from the environment; an empty variable is none. */
function demoKeyOf(values: Values, env: NodeJS.ProcessEnv): { id: string; key: string } {
  return {
    id: values["api-id"] ?? env["CRASHTEST_LOCAL_API_ID"] ?? "",
    key: values["api-key"] ?? env["CRASHTEST_LOCAL_API_KEY"] ?? "",
  };
}

/** Returns which options do not fit the API. */
function contradictionsWithApi(values: Values, env: NodeJS.ProcessEnv): string[] {
  const { api = "crashtest" } = values;
  if (api === "crashtest") {
    const others = VERACODE_ONLY.filter((name) => values[name] !== undefined);
    return others.map((name) => `--${name} is for --api veracode only.`);
  }
  if (api !== "veracode") return ["--api must be crashtest or veracode."];
  const { id, key } = demoKeyOf(values, env);
  const isHalf = (id === "") !== (key === "");
  const cases: [boolean, string][] = [
    [isHalf && id === "", "With --api veracode, --api-key also needs --api-id (or CRASHTEST_LOCAL_API_ID)."],
    [isHalf && key === "", "With --api veracode, --api-id also needs --api-key (or CRASHTEST_LOCAL_API_KEY)."],
    [id !== "" && !isSigningKeyId(id), "With --api veracode, --api-id must be 32 hexadecimal digits."],
    [key !== "" && !isSigningSecret(key), "With --api veracode, --api-key must be 128 hexadecimal digits."],
  ];
  return cases.flatMap(([isWrong, reason]) => (isWrong ? [reason] : []));
}

/** Returns which options contradict or require each other. */
function contradictionsIn(values: Values, env: NodeJS.ProcessEnv): string[] {
  const scanner = values.scanner ?? "scripted";
  const hasDemoUser = [values["api-key"], values["api-id"], values["team-id"]].some((value) => value !== undefined);
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  const setNames = ["CRASHTEST_LOCAL_API_KEY", "CRASHTEST_LOCAL_API_ID"].filter(isSet);
  const cases: [boolean, string][] = [
    [scanner !== "scripted" && scanner !== "wapiti", "--scanner must be scripted or wapiti."],
    [scanner === "wapiti" && values.script !== undefined, "--script is for the scripted scanner only."],
    [scanner === "scripted" && values["allow-target"] !== undefined, "--allow-target is for --scanner wapiti only."],
    [values["list-projects"] === true && values.data === undefined, "--list-projects needs --data."],
    ...(["data", "accounts", "backup", "script"] as const).map((name): [boolean, string] => [
      values[name] === "",
      `--${name} is empty: perhaps a variable is not set.`,
    ]),
    [values.backup !== undefined && values.data === undefined, "--backup needs --data."],
    [
      values.accounts !== undefined && hasDemoUser,
      "--accounts lists all users: leave out --api-key, --api-id and --team-id.",
    ],
    ...setNames.map((name): [boolean, string] => [
      values.accounts !== undefined,
      `--accounts lists all users: unset ${name}.`,
    ]),
  ];
  return cases.flatMap(([isWrong, reason]) => (isWrong ? [reason] : []));
}

function actionOf(values: Values): CliOptions["action"] {
  if (values.help === true) return "help";
  if (values["new-key"] === true) return "newKey";
  if (values["list-projects"] === true) return "listProjects";
  return values.backup === undefined ? "serve" : "backup";
}

/** Parses the command line. @throws UsageError with all reasons at once. */
export function parseCliOptions(args: readonly string[], env: NodeJS.ProcessEnv): CliOptions {
  const values = parsed(args);
  const reasons = [...contradictionsWithApi(values, env), ...contradictionsIn(values, env)];
  const whole = (name: "port" | "team-id" | "max-scans", least: number, most: number): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    const isGood = /^[0-9]{1,16}$/.test(text) && Number(text) >= least && Number(text) <= most;
    if (!isGood) reasons.push(`--${name} must be a whole number from ${least} to ${most}.`);
    return Number(text);
  };
  const path = (text: string | undefined): string | undefined => (text === undefined ? undefined : resolve(text));
  const isSigned = values.api === "veracode";
  const { id, key } = demoKeyOf(values, env);
  const options: CliOptions = {
    action: actionOf(values),
    api: isSigned ? "veracode" : "crashtest",
    allowLocalTargets: values["allow-local-targets"] === true,
    port: whole("port", 0, MAX_PORT) ?? DEFAULT_PORT,
    dataDir: path(values.data),
    scanner: values.scanner === "wapiti" ? "wapiti" : "scripted",
    scriptPath: values.script,
    maxRunningScans: whole("max-scans", 1, MAX_RUNNING_SCANS),
    allowedTargets: values["allow-target"] ?? [],
    requireProof: values["require-proof"] === true,
    accountsPath: path(values.accounts),
    listen: values.listen,
    publicUrl: values["public-url"],
    backupPath: path(values.backup),
    apiKey: isSigned || key === "" ? undefined : key,
    signingKey: isSigned && id !== "" ? { id, secret: key } : undefined,
    teamId: whole("team-id", 1, Number.MAX_SAFE_INTEGER),
    control: values.control === true,
  };
  if (reasons.length > 0) throw new UsageError(reasons);
  return options;
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"] {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError([error instanceof Error ? error.message : String(error)]);
  }
}
