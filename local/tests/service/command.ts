import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const MAIN = join(__dirname, "..", "..", "src", "main.ts");
// Without tsx's own process in between, so that a signal meets the service itself.
const TSX_LOADER = pathToFileURL(join(require.resolve("tsx/cli"), "..", "loader.mjs")).href;

export interface RunningCommand {
  child: ChildProcess;
  url: string;
  /** The lines up to the one that says it listens. */
  lines: string[];
}

const children: ChildProcess[] = [];

/** With a limit no file grows beyond it: more is refused, as on a full disk. */
function commandLine(args: readonly string[], fileLimitKib: number | undefined): [string, string[]] {
  const command = ["--import", TSX_LOADER, MAIN, ...args];
  if (fileLimitKib === undefined) return [process.execPath, command];
  // The shell counts blocks of 512 bytes.
  return ["/bin/sh", ["-c", `ulimit -f ${fileLimitKib * 2}; exec "$0" "$@"`, process.execPath, ...command]];
}

function spawnCommand(args: readonly string[], env: NodeJS.ProcessEnv, fileLimitKib?: number): ChildProcess {
  const child = spawn(...commandLine(args, fileLimitKib), {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

/** Starts the command on a free port and resolves when it listens. */
export async function startCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  fileLimitKib?: number,
): Promise<RunningCommand> {
  const child = spawnCommand(["--port", "0", ...args], env, fileLimitKib);
  const lines: string[] = [];
  if (child.stdout === null) throw new Error("the command has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const url = /^crashtest-local listening on (http:\/\/127\.0\.0\.1:[0-9]+)$/.exec(line)?.[1];
    if (url !== undefined) return { child, url, lines };
  }
  throw new Error(`The command ended with: ${lines.join("\n")}`);
}

/** Runs the command to its end. */
export async function runCommand(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawnCommand(args, {});
  const texts = { stdout: "", stderr: "" };
  for (const channel of ["stdout", "stderr"] as const) {
    child[channel]?.on("data", (chunk: Buffer) => (texts[channel] += chunk.toString()));
  }
  await once(child, "close");
  return { code: child.exitCode, ...texts };
}

export async function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return { code: child.exitCode, signal: child.signalCode };
}

/** For afterEach. */
export function killCommands(): void {
  for (const child of children.splice(0)) child.kill("SIGKILL");
}
