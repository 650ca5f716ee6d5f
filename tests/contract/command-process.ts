import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const MAIN = join(__dirname, "../../cli/main.ts");
const TSX_LOADER = pathToFileURL(join(require.resolve("tsx/cli"), "..", "loader.mjs")).href;

export interface CommandOptions {
  /** Beside the way to Node nothing else is in it. */
  environment: Record<string, string>;
  cwd?: string;
  stdin?: string;
}

/** Runs `pulumi-crashtest` from its sources, in a process of its own. */
export async function runCommand(
  args: readonly string[],
  { environment, cwd, stdin = "" }: CommandOptions,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ["--import", TSX_LOADER, MAIN, ...args], {
    env: { PATH: process.env["PATH"], TSX_DISABLE_CACHE: "1", ...environment },
    ...(cwd !== undefined && { cwd }),
  });
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { exitCode: child.exitCode, stdout, stderr };
}
