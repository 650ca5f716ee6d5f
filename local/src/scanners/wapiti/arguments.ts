import { join } from "node:path";

/** A harmless name: without it, every run looks up a host of the scanner's vendor. */
const DNS_ENDPOINT = "localhost";
/** Port 9 of this machine (discard): payloads that need an attacker's host use this one. */
const PAYLOAD_ENDPOINT = "http://127.0.0.1:9/";

export interface CommandInputs {
  /** The folder of the virtual environment. */
  venv: string;
  /** The run's own work folder. */
  workDir: string;
  target: URL;
  /** The allow-listing proxy for every request. */
  proxyUrl: string;
  modules: readonly string[];
  /** How long the crawl may take, in seconds. */
  crawlLimitSeconds: number;
  /** How long each module may take, in seconds. */
  moduleLimitSeconds: number;
  /** Whether the scan is logged in: then no address that may end the session is requested. */
  isLoggedIn?: boolean;
  /** The path of a file with further addresses to start at, one on each line. */
  startPagesPath?: string | undefined;
  /** The path of an OpenAPI document. */
  specificationPath?: string | undefined;
}

export function pythonOf(venv: string): string {
  return join(venv, "bin", "python");
}

export function reportPathOf(workDir: string): string {
  return join(workDir, "report.json");
}

/** Returns the folder of the scanner's own database of a run. */
export function sessionDirOf(workDir: string): string {
  return join(workDir, "session");
}

/** Starts the scanner's own script; its first line, which names the folder where the environment was built, does not matter. */
const START_SCRIPT = join(__dirname, "start.py");

const LOG_OUT_WORDS = [
  ["log", "out"],
  ["sign", "out"],
  ["log", "off"],
  ["sign", "off"],
] as const;
const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** Returns the scanner's patterns for addresses that end a session, by their words; it tells upper case from lower. */
export function logOutPatterns({ origin }: URL): string[] {
  return LOG_OUT_WORDS.flatMap(([verb, end]) => [
    ...["", "-", "_"].map((mark) => `${verb}${mark}${end}`),
    ...[`${verb}${capital(end)}`, `${capital(verb)}${end}`, `${capital(verb)}${capital(end)}`],
    `${verb}${end}`.toUpperCase(),
  ]).map((word) => `${origin}/*${word}*`);
}

/** Returns the command line of a run, program first. */
export function wapitiCommand(inputs: CommandInputs): string[] {
  const { venv, workDir, target, proxyUrl, modules, crawlLimitSeconds, moduleLimitSeconds } = inputs;
  const url = new URL(target);
  url.hash = "";
  return [
    ...[pythonOf(venv), "-I", "-u", START_SCRIPT, join(venv, "bin", "wapiti")],
    ...["-u", url.href],
    ...["-m", modules.join(",")],
    ...["--max-scan-time", String(crawlLimitSeconds), "--max-attack-time", String(moduleLimitSeconds)],
    ...["-f", "json", "-o", reportPathOf(workDir)],
    ...["--store-session", sessionDirOf(workDir), "--store-config", join(workDir, "config")],
    ...["--no-bugreport", "--flush-session", "-v", "1"],
    ...["--dns-endpoint", DNS_ENDPOINT, "--endpoint", PAYLOAD_ENDPOINT],
    ...["-p", proxyUrl],
    ...(inputs.isLoggedIn === true ? logOutPatterns(url).flatMap((pattern) => ["-x", pattern]) : []),
    ...(inputs.startPagesPath === undefined ? [] : ["-s", inputs.startPagesPath]),
    ...(inputs.specificationPath === undefined ? [] : ["--swagger", inputs.specificationPath]),
  ];
}

/** Returns the complete environment of a run, with nothing of the caller's. */
export function wapitiEnvironment(workDir: string): Record<string, string> {
  return { PATH: "/usr/bin:/bin", HOME: join(workDir, "home"), TMPDIR: workDir, LANG: "C.UTF-8" };
}

const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/** Formats a command line as it would be typed into a shell. */
export function formatCommand(command: readonly string[]): string {
  return command.map((word) => (PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
