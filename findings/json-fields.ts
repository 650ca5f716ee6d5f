import { counted, plainText } from "../errors/plain-text";
import { ReportParseError } from "./report-error";

/** A JSON object of the report, unchanged. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object and not an array. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns an own member; undefined if it is missing or null. Inherited members are never read. */
export const fieldOf = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;

/** @throws ReportParseError if the value is not an object */
export const asObject = (value: unknown, path: string): JsonObject =>
  isJsonObject(value) ? value : refuse(value, "an object", path);

/** @throws ReportParseError if the value is not an array */
export const asList = (value: unknown, path: string): readonly unknown[] =>
  Array.isArray(value) ? value : refuse(value, "an array", path);

/** @throws ReportParseError if the value is not a string */
export const asString = (value: unknown, path: string): string =>
  typeof value === "string" ? value : refuse(value, "a string", path);

/** Returns a string; undefined if it is missing, null or empty. @throws ReportParseError if it is anything else */
export function optionalString(object: JsonObject, key: string, path: string): string | undefined {
  const value = fieldOf(object, key);
  return value === undefined ? undefined : asString(value, childPath(path, key)) || undefined;
}

/** Returns an array; undefined if it is missing or null. @throws ReportParseError if it is anything else */
export function optionalList(object: JsonObject, key: string, path: string): readonly unknown[] | undefined {
  const value = fieldOf(object, key);
  return value === undefined ? undefined : asList(value, childPath(path, key));
}

/** Returns all members except those with these names. */
export function fieldsBut(object: JsonObject, known: ReadonlySet<string>): JsonObject {
  // fromEntries defines members instead of assigning them, so that a key `__proto__` stays a key.
  return Object.fromEntries(Object.entries(object).filter(([key]) => !known.has(key)));
}

/** Returns the members that are not undefined: an optional property is absent, never undefined. */
export function definedFields<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function refuse(value: unknown, expected: string, path: string): never {
  throw new ReportParseError("REPORT_UNREADABLE", path, typeProblem(value, expected));
}

/** Says that a value has the wrong type, without quoting it. */
export function typeProblem(value: unknown, expected: string): string {
  if (value === undefined) return `is missing but must be ${expected}`;
  if (value === null) return `is null but must be ${expected}`;
  const type = Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `a ${typeof value}`;
  return `is ${type} but must be ${expected}`;
}

/**
 * Whether an object is what `{}` creates, in this realm or another. Own properties do not show the contents of anything else,
 * such as a `Map` or a `URL`, so it would look empty.
 */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The path of the whole report. */
export const ROOT_PATH = "$";

/** Keys come from outside and appear in messages. */
const MAX_KEY_LENGTH = 64;
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Returns the path of a member or an array item. Long keys are cut, unprintable characters replaced. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  const shown = key.length > MAX_KEY_LENGTH ? `${key.slice(0, MAX_KEY_LENGTH)}...` : key;
  return PLAIN_KEY.test(shown) ? `${path}.${shown}` : `${path}[${JSON.stringify(plainText(shown))}]`;
}

/** Reads the optional fields of one report. Those of the wrong type are ignored and counted, so the rest can still be used. */
export class LeftOutFields {
  /** By the name of the field: the first problem, and how many there are. */
  readonly #byName = new Map<string, { readonly problem: string; count: number }>();

  /** Returns a string; undefined if it is missing, null or empty. */
  text(object: JsonObject, key: string, path: string): string | undefined {
    const value = fieldOf(object, key);
    if (value === undefined || typeof value === "string") return value === "" ? undefined : value;
    this.#leaveOut(value, "a string", key, path);
    return undefined;
  }

  /** Returns a number; undefined if it is missing or null. */
  number(object: JsonObject, key: string, path: string): number | undefined {
    const value = fieldOf(object, key);
    if (value === undefined || typeof value === "number") return value;
    this.#leaveOut(value, "a number", key, path);
    return undefined;
  }

  /** Returns a number, also from a string (`"7.5"`); undefined if it is missing, null or blank. */
  numberOrText(object: JsonObject, key: string, path: string): number | undefined {
    const value = fieldOf(object, key);
    if (typeof value !== "string") return this.number(object, key, path);
    const text = value.trim();
    if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
    if (text !== "") this.#leaveOut(value, "a number", key, path);
    return undefined;
  }

  /** One for each name of a field, with the first path and without any value; sorted. */
  get warnings(): string[] {
    return [...this.#byName.values()]
      .map(({ problem, count }) => {
        const others = count === 1 ? "" : `, like ${counted(count - 1, "more field")} of this name`;
        return `Findings report: ${problem}. It was ignored${others}.`;
      })
      .sort();
  }

  #leaveOut(value: unknown, expected: string, key: string, path: string): undefined {
    const known = this.#byName.get(key);
    if (known === undefined)
      this.#byName.set(key, { problem: `${childPath(path, key)} ${typeProblem(value, expected)}`, count: 1 });
    else known.count += 1;
  }
}
