import { plainLines } from "../findings/plain-text";
import { environmentVariableOf } from "../provider/config/settings";
import { ConfigurationError, CrashtestError, type ErrorCode } from "../provider/errors";
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

/** What is printed of an error: safe for a terminal, and without the key and the webhook. */
export const failureText = (error: unknown, from: Environment, commandName = ""): string =>
  plainLines(redactorOf(from)(`pulumi-crashtest: ${textOf(error, from, commandName)}`));

function textOf(error: unknown, from: Environment, commandName: string): string {
  if (error instanceof UsageError) {
    const helped = isCommandName(commandName) ? ` ${commandName}` : "";
    return `${error.message}\nRun npx pulumi-crashtest${helped} --help for what it takes.`;
  }
  if (error instanceof CrashtestError) return `${error.message} (${error.code})${endpointHint(error.code, from)}`;
  return messageOf(error);
}

/** What another service than the one of the stack would end with as well. */
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
  return `\n${variable} is not set, so the hosted service was asked: the stack's configuration is not read.`;
}
