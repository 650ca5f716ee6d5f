import { createHash } from "node:crypto";

/**
 * SHA-256 of a value in JSON with sorted keys, so that equal values have equal digests whatever their order of keys.
 * What this gives is in users' states: it never changes, or an upgrade would start a scan.
 *
 * @throws TypeError for what JSON cannot say (a function, a symbol, a bigint)
 */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

function canonicalJson(value: unknown): string {
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) return canonicalObject(value);
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
    throw new TypeError(`a trigger cannot be a ${typeof value}`);
  }
  return JSON.stringify(value);
}

function canonicalObject(value: object): string {
  if (value instanceof Date) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(",")}}`;
}
