import { InvalidInput } from "../../service/scan-reference";
import { type CheckFailure, UNKNOWN, type Values } from "./lifecycle";

/** Reads inputs one by one and collects their problems. A value that a preview does not know yet passes. */
export class InputReader {
  readonly inputs: Values = {};
  readonly failures: CheckFailure[] = [];

  readonly #given: Values;

  constructor(given: Values) {
    this.#given = given;
  }

  /** Whether an input is set. */
  has(property: string): boolean {
    return this.#given[property] !== undefined && this.#given[property] !== null;
  }

  fail(property: string, reason: string): void {
    this.failures.push({ property, reason });
  }

  /**
   * Adds an input to the checked ones.
   *
   * @param parse returns the value to keep, or throws an `InvalidInput` with the reason
   */
  take(property: string, parse: (value: unknown) => unknown, fallback?: unknown): void {
    const value = this.has(property) ? this.#given[property] : fallback;
    if (value === undefined) return;
    try {
      this.inputs[property] = value === UNKNOWN ? UNKNOWN : parse(value);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.fail(property, error.message);
    }
  }

  /** As `take`, for an input that must be set. */
  require(property: string, parse: (value: unknown) => unknown, missing: string): void {
    if (this.has(property)) this.take(property, parse);
    else this.fail(property, missing);
  }
}

/** Returns a parser of a text of 1 to `longest` characters. */
export const parseText =
  (longest: number) =>
  (value: unknown): string => {
    if (typeof value !== "string" || value.trim() === "" || value.length > longest) {
      throw new InvalidInput(`must be a text of 1 to ${longest} characters`);
    }
    return value;
  };

const LONGEST_URL = 2_048;

/** Parses the address of a target: http or https, without credentials. */
export function parseTargetUrl(value: unknown): string {
  const text = String(value);
  const url = typeof value === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new InvalidInput("must be an address such as https://shop.example.com");
  }
  if (url.username !== "" || url.password !== "") throw new InvalidInput("must not contain a user name or password");
  if (text.length > LONGEST_URL) throw new InvalidInput(`must have at most ${LONGEST_URL} characters`);
  return text;
}
