import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** After this many milliseconds the command and its children are killed. Default: no limit. */
  timeoutMs?: number;
  /** Called with each line of both output channels as it arrives. */
  onLine?: (line: string) => void;
}

export interface CommandResult {
  /** The exit code; undefined if the command was killed or could not be started. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  /** Why there is no exit code. */
  failure: "timeout" | "notFound" | "killed" | undefined;
}

const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a command in its own process group, so that its children end with it on a timeout or a signal to us. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env = process.env, timeoutMs, onLine } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd === undefined ? {} : { cwd }),
    });
    const output = { stdout: "", stderr: "" };
    let failure: CommandResult["failure"];
    const endGroup = (): void => {
      if (child.pid !== undefined) endProcessGroup(child.pid);
    };
    const stop = (): void => {
      failure = "timeout";
      endGroup();
    };
    const forgetSignals = onEndingSignal(endGroup);
    const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
    for (const channel of ["stdout", "stderr"] as const) {
      const stream = child[channel];
      stream.setEncoding("utf8").on("data", (text: string) => (output[channel] += text));
      if (onLine) createInterface({ input: stream }).on("line", onLine);
    }
    const settle = (code: number | null): void => {
      clearTimeout(timer);
      forgetSignals();
      resolve({ exitCode: code ?? undefined, ...output, failure: code === null ? (failure ?? "killed") : undefined });
    };
    child.on("error", () => {
      failure = "notFound";
      settle(null);
    });
    child.on("close", settle);
  });
}

function endProcessGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has exited in the meantime.
  }
}

/**
 * Calls `action` before a signal ends this process, then lets the process end as usual.
 * @returns a function that undoes this
 */
export function onEndingSignal(action: () => void): () => void {
  const handle = (signal: NodeJS.Signals): void => {
    action();
    forget();
    process.kill(process.pid, signal);
  };
  const forget = (): void => {
    for (const signal of ENDING_SIGNALS) process.removeListener(signal, handle);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, handle);
  return forget;
}
