import { createRequire } from "node:module";
import type * as Accept from "./accept";
import { printData, UsageError, type Command, type Surroundings } from "./command";
import { exitCodeOf, failureText } from "./failure";
import type * as Findings from "./findings";
import { COMMAND_NAMES, helpOn, isCommandName, type CommandName } from "./help";
import type * as Report from "./report";
import type * as Status from "./status";

/** Loads only what a sub-command needs. By `require`, since `import()` would need built files. */
const load = createRequire(__filename);

const COMMANDS: Readonly<Record<CommandName, () => Command>> = {
  report: () => (load("./report") as typeof Report).report,
  status: () => (load("./status") as typeof Status).status,
  findings: () => (load("./findings") as typeof Findings).findings,
  accept: () => (load("./accept") as typeof Accept).accept,
};

/** Runs the command line of `pulumi-crashtest`. Never rejects. @returns the exit code */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const text = answerWithoutCommand(args);
    if (text === undefined) return await commandNamed(args[0] ?? "")(args.slice(1), surroundings);
    printData(surroundings, text);
    return 0;
  } catch (error) {
    surroundings.stderr.write(`${failureText(error, surroundings, args[0])}\n`);
    return exitCodeOf(error);
  }
}

function answerWithoutCommand(args: readonly string[]): string | undefined {
  const [first, second] = args;
  if (first === undefined) return helpOn(undefined);
  if (first === "help") return helpOn(second);
  if (args.includes("--help") || args.includes("-h")) return helpOn(first);
  if (first === "--version") return (load("pulumi-crashtest/package.json") as { version: string }).version;
  return undefined;
}

function commandNamed(name: string): Command {
  if (isCommandName(name)) return COMMANDS[name]();
  throw new UsageError(`unknown command "${name}": expected ${COMMAND_NAMES.join(", ")}`);
}
