import { InvalidInput } from "../../service/input-parsers";
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
   * @param parse returns the value to keep, or undefined for none; or throws an `InvalidInput` with the reason
   */
  take(property: string, parse: (value: unknown) => unknown, fallback?: unknown): void {
    const value = this.has(property) ? this.#given[property] : fallback;
    if (value === undefined) return;
    try {
      const kept = value === UNKNOWN ? UNKNOWN : parse(value);
      if (kept !== undefined) this.inputs[property] = kept;
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
