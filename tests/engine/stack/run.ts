import { spawn } from "node:child_process";

/** What a command printed and how it ended. */
export interface Run {
  exitCode: number;
  /** Standard output and standard error, as they came. */
  output: string;
}

/** Runs a command to its end, with a bound: a command that hangs is killed and fails the test. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; timeoutSeconds?: number },
): Promise<Run> {
  const timeoutSeconds = options.timeoutSeconds ?? 240;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutSeconds * 1_000);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? -1, output });
    });
  });
}

/** As `run`, where an exit code other than 0 fails the test. */
export async function runWell(...parameters: Parameters<typeof run>): Promise<string> {
  const { exitCode, output } = await run(...parameters);
  if (exitCode !== 0) throw new Error(`${parameters[0]} ${parameters[1].join(" ")} ended with ${exitCode}:\n${output}`);
  return output;
}
