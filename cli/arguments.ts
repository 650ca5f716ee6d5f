import { InvalidInput } from "../service/input-parsers";
import { messageOf, UsageError } from "./command";

/** Calls `parseArgs`. @throws UsageError for invalid arguments */
export function parsed<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** @throws UsageError if the option is missing, or empty like an unset variable */
export function requireOption(name: string, text: string | undefined): string {
  if (text === undefined) throw new UsageError(`--${name} is missing`);
  if (text.trim() === "") throw new UsageError(`--${name} is empty`);
  return text;
}

/**
 * @param parse by the rules of the service that issued the ID
 * @throws UsageError for an invalid ID
 */
export function parseIdOption(name: string, text: string | undefined, parse: (text: string) => string): string {
  try {
    return parse(requireOption(name, text));
  } catch (error) {
    if (error instanceof InvalidInput) throw new UsageError(`--${name} ${error.message}`);
    throw error;
  }
}

/** @throws UsageError if it is not one of these words */
export function parseChoice<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} must be ${words.join(", ")}, but is "${text}"`);
  return found;
}
