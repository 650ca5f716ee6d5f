import type { CheckFailure, Values } from "./lifecycle";
import { UNKNOWN } from "./unknown";

const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/**
 * Reads inputs one by one and collects what is wrong with them. A value that a preview does not know yet passes.
 */
export class InputReader {
  readonly inputs: Values = {};
  readonly failures: CheckFailure[] = [];

  constructor(private readonly given: Values) {}

  /** Whether an input was given at all. */
  has(property: string): boolean {
    return this.given[property] !== undefined && this.given[property] !== null;
  }

  fail(property: string, reason: string): void {
    this.failures.push({ property, reason });
  }

  /**
   * Takes an input into the checked ones.
   *
   * @param parse gives the value to keep, or throws an `InvalidInput` with the reason
   */
  take(property: string, parse: (value: unknown) => unknown, fallback?: unknown): void {
    const value = this.has(property) ? this.given[property] : fallback;
    if (value === undefined) return;
    if (value === UNKNOWN) {
      this.inputs[property] = UNKNOWN;
      return;
    }
    try {
      this.inputs[property] = parse(value);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.fail(property, error.message);
    }
  }

  /** As `take`, for an input that has to be there. */
  require(property: string, parse: (value: unknown) => unknown, missing: string): void {
    if (this.has(property)) this.take(property, parse);
    else this.fail(property, missing);
  }
}

/** Why an input cannot be used. The text never repeats the value. */
export class InvalidInput extends Error {}

/** An ID: a whole number above 0, given as number or digits; held as digits without leading zeros. */
export function parseId(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^[1-9]\d*$/.test(text) || Number(text) > LARGEST_ID) {
    throw new InvalidInput("has to be a whole number above 0, such as 42");
  }
  return text;
}

/** A text of 1 to `longest` characters. */
export const parseText =
  (longest: number) =>
  (value: unknown): string => {
    if (typeof value !== "string" || value.trim() === "" || value.length > longest) {
      throw new InvalidInput(`has to be a text of 1 to ${longest} characters`);
    }
    return value;
  };

const LONGEST_URL = 2_048;

/** The address of a target: http or https, without credentials. */
export function parseTargetUrl(value: unknown): string {
  const text = String(value);
  const url = typeof value === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new InvalidInput("has to be an address such as https://shop.example.com");
  }
  if (url.username !== "" || url.password !== "") throw new InvalidInput("may hold no user name and no password");
  if (text.length > LONGEST_URL) throw new InvalidInput(`may have no more than ${LONGEST_URL} characters`);
  return text;
}
