import { join } from "node:path";

/** A name that leads nowhere: without it, every run looks up a host of the scanner's maker. */
const DNS_ENDPOINT = "localhost";
/** Port 9 of this machine (discard): payloads that name a host of the attacker's name this one. */
const PAYLOAD_ENDPOINT = "http://127.0.0.1:9/";

export interface CommandInputs {
  /** The folder of the virtual environment. */
  venv: string;
  /** The run's own work folder. */
  workDir: string;
  target: URL;
  /** The allow-listing proxy that every request goes through. */
  proxyUrl: string;
  modules: readonly string[];
  /** How long the crawl may take, in seconds. */
  crawlLimitSeconds: number;
  /** How long each module may take, in seconds. */
  moduleLimitSeconds: number;
}

export function pythonOf(venv: string): string {
  return join(venv, "bin", "python");
}

export function reportPathOf(workDir: string): string {
  return join(workDir, "report.json");
}

/** The folder of the scanner's own database of a run. */
export function sessionDirOf(workDir: string): string {
  return join(workDir, "session");
}

/** Starts the scanner's own script, whose first line names the folder in which the environment was built and does not matter. */
const START_SCRIPT = join(__dirname, "start.py");

/** The command line of a run, the program first. */
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
  ];
}

/** The whole environment of a run: nothing of the caller's gets in. */
export function wapitiEnvironment(workDir: string): Record<string, string> {
  return { PATH: "/usr/bin:/bin", HOME: join(workDir, "home"), TMPDIR: workDir, LANG: "C.UTF-8" };
}

const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/** A command line as one would type it into a shell. */
export function formatCommand(command: readonly string[]): string {
  return command.map((word) => (PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
