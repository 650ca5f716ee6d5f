import { childPath } from "./json-path";
import { ReportParseError } from "./report-error";

/** An object of the report, as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of its own; one that is absent or null is undefined. What an object inherits is never read. */
export function fieldOf(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** The value as an object. @throws ReportParseError if it is something else. */
export function asObject(value: unknown, path: string): JsonObject {
  return isJsonObject(value) ? value : refuse(value, "an object", path);
}

/** The value as a list. @throws ReportParseError if it is something else. */
export function asList(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(value, "a list", path);
}

/** The value as a text. @throws ReportParseError if it is something else. */
export function asString(value: unknown, path: string): string {
  return typeof value === "string" ? value : refuse(value, "a text", path);
}

/** A text; absent, null and empty are undefined. @throws ReportParseError if it is something else. */
export function optionalString(object: JsonObject, key: string, path: string): string | undefined {
  const value = fieldOf(object, key);
  return value === undefined ? undefined : asString(value, childPath(path, key)) || undefined;
}

/** A list; absent and null are undefined. @throws ReportParseError if it is something else. */
export function optionalList(object: JsonObject, key: string, path: string): readonly unknown[] | undefined {
  const value = fieldOf(object, key);
  return value === undefined ? undefined : asList(value, childPath(path, key));
}

/** All members but those of these names, with the values as they came. */
export function fieldsBut(object: JsonObject, known: ReadonlySet<string>): JsonObject {
  // fromEntries defines members, it does not assign them: a key `__proto__` stays a key.
  return Object.fromEntries(Object.entries(object).filter(([key]) => !known.has(key)));
}

/** The members that have a value: an optional property is absent, never undefined. */
export function definedFields<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function refuse(value: unknown, expected: string, path: string): never {
  throw new ReportParseError("REPORT_UNREADABLE", path, `is ${kindOf(value)} where ${expected} was expected`);
}

/** The kind of a value in words, never the value. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "a boolean", object: "an object" }[typeof value as string] ??
    "no JSON"
  );
}
