import { createRequire } from "node:module";
import type * as Accept from "./accept";
import { printLine, UsageError, type Command, type Surroundings } from "./command";
import { exitCodeOf, failureText } from "./failure";
import type * as Findings from "./findings";
import { HELP } from "./help";
import type * as Report from "./report";
import type * as Status from "./status";

/** Only what a sub-command needs: `accept` asks no service. As CommonJS, since `import()` would want built files. */
const load = createRequire(__filename);

const COMMANDS: Readonly<Record<string, () => Command>> = {
  report: () => (load("./report") as typeof Report).report,
  status: () => (load("./status") as typeof Status).status,
  findings: () => (load("./findings") as typeof Findings).findings,
  accept: () => (load("./accept") as typeof Accept).accept,
};

const isAskedForHelp = (args: readonly string[]): boolean =>
  args.length === 0 || args[0] === "help" || args.includes("--help") || args.includes("-h");

/** Runs the command line of `pulumi-crashtest`. Never rejects. @returns the exit code */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    if (isAskedForHelp(args)) printLine(surroundings, HELP);
    else await commandNamed(args[0] ?? "")(args.slice(1), surroundings);
    return 0;
  } catch (error) {
    surroundings.stderr.write(`${failureText(error, surroundings)}\n`);
    return exitCodeOf(error);
  }
}

function commandNamed(name: string): Command {
  const loadCommand = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (loadCommand !== undefined) return loadCommand();
  throw new UsageError(`there is no command "${name}": expected ${Object.keys(COMMANDS).join(", ")}`);
}
