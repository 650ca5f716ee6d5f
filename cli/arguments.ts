import { InvalidInput, parseId } from "../provider/lifecycle/inputs";
import { messageOf, UsageError } from "./command";

/** What `parseArgs` gives. @throws UsageError for what it does not take */
export function parsed<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** An option that must be given, and not as an empty text, as a variable that is not set would be. @throws UsageError */
export function requireOption(name: string, text: string | undefined): string {
  if (text === undefined) throw new UsageError(`--${name} is missing`);
  if (text.trim() === "") throw new UsageError(`--${name} is empty`);
  return text;
}

/** @throws UsageError for an ID that is none */
export function parseIdOption(name: string, text: string | undefined): string {
  try {
    return parseId(requireOption(name, text));
  } catch (error) {
    if (error instanceof InvalidInput) throw new UsageError(`--${name} ${error.message}`);
    throw error;
  }
}

/** @throws UsageError for a word that is none of those that can be chosen */
export function parseChoice<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} must be ${words.join(", ")}, but is "${text}"`);
  return found;
}
