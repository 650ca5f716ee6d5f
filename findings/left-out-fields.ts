import { counted } from "./counted";
import { fieldOf, kindOf, type JsonObject } from "./json-fields";
import { childPath } from "./json-path";

interface LeftOut {
  /** What is wrong with the first one, and where. */
  readonly problem: string;
  count: number;
}

/**
 * Reads the fields of one report that decide nothing. One of another type than agreed is left out and counted, so that it
 * spoils no report.
 */
export class LeftOutFields {
  readonly #byName = new Map<string, LeftOut>();

  /** A text; absent, null and empty are undefined. */
  text(object: JsonObject, key: string, path: string): string | undefined {
    const value = fieldOf(object, key);
    if (value === undefined || typeof value === "string") return value === "" ? undefined : value;
    this.#leaveOut(value, "a text", key, path);
    return undefined;
  }

  /** A number; absent and null are undefined. */
  number(object: JsonObject, key: string, path: string): number | undefined {
    const value = fieldOf(object, key);
    if (value === undefined || typeof value === "number") return value;
    this.#leaveOut(value, "a number", key, path);
    return undefined;
  }

  /** A number, also as a text (`"7.5"`); absent, null and a blank text are undefined. */
  numberOrText(object: JsonObject, key: string, path: string): number | undefined {
    const value = fieldOf(object, key);
    if (typeof value !== "string") return this.number(object, key, path);
    const text = value.trim();
    if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
    if (text !== "") this.#leaveOut(value, "a number", key, path);
    return undefined;
  }

  /** For people: one for each name of a field, with the first place and without any value. */
  get warnings(): string[] {
    return [...this.#byName.values()]
      .map(({ problem, count }) => {
        const others = count === 1 ? "" : `, with ${counted(count - 1, "more field")} of this name`;
        return `Reading the findings report: ${problem} was expected. It was left out${others}.`;
      })
      .sort();
  }

  #leaveOut(value: unknown, expected: string, key: string, path: string): void {
    const known = this.#byName.get(key);
    if (known !== undefined) known.count += 1;
    else this.#byName.set(key, { problem: `${childPath(path, key)} is ${kindOf(value)} where ${expected}`, count: 1 });
  }
}
