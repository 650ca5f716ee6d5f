import { RunningCommand, type CommandOptions, type Run } from "./running-command";

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: CommandOptions): Promise<Run> {
  return new RunningCommand(command, args, options).ended;
}

/** As `run`, where an exit code other than 0 fails the test. */
export async function runWell(...parameters: Parameters<typeof run>): Promise<string> {
  const { exitCode, output } = await run(...parameters);
  if (exitCode !== 0) throw new Error(`${parameters[0]} ${parameters[1].join(" ")} ended with ${exitCode}:\n${output}`);
  return output;
}
