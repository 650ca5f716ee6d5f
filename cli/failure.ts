import { plainLines } from "../errors/plain-text";
import { environmentVariableOf } from "../service/settings/settings";
import { ConfigurationError, CrashtestError, type ErrorCode } from "../errors/errors";
import { EXIT_CODES, messageOf, UsageError, type ExitCode, type Surroundings } from "./command";
import { isCommandName } from "./help";
import { redactorOf } from "./secrets";

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigurationError) return EXIT_CODES.notTried;
  return error instanceof CrashtestError && error.code === "SCAN_NOT_FINISHED"
    ? EXIT_CODES.notEnded
    : EXIT_CODES.failed;
}

type Environment = Pick<Surroundings, "environment">;

/** Formats an error for the terminal, without the key and the webhook. */
export const failureText = (error: unknown, from: Environment, commandName = ""): string =>
  plainLines(redactorOf(from)(`pulumi-crashtest: ${textOf(error, from, commandName)}`));

function textOf(error: unknown, from: Environment, commandName: string): string {
  if (error instanceof UsageError) {
    const helped = isCommandName(commandName) ? ` ${commandName}` : "";
    return `${error.message}\nRun npx pulumi-crashtest${helped} --help for its arguments.`;
  }
  if (error instanceof CrashtestError) return `${error.message} (${error.code})${endpointHint(error.code, from)}`;
  return messageOf(error);
}

/** Errors that can also mean that the wrong service was asked. */
const OF_ANOTHER_SERVICE: ReadonlySet<ErrorCode> = new Set([
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "UNREACHABLE",
  "TIMEOUT",
  "TLS_FAILED",
  "UNEXPECTED_ANSWER",
]);

function endpointHint(code: ErrorCode, { environment }: Environment): string {
  const variable = environmentVariableOf("endpoint");
  if (!OF_ANOTHER_SERVICE.has(code) || (environment[variable] ?? "").trim() !== "") return "";
  return `\n${variable} is not set, so the hosted service was used: the command does not read the stack's configuration.`;
}
