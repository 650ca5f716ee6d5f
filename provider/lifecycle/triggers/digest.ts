import { createHash } from "node:crypto";
import { CrashtestError } from "../../../errors/errors";

/**
 * Returns the SHA-256 of a value in JSON with sorted keys, so that equal values have equal digests.
 * These digests are in users' states: they never change, or an upgrade would start a scan.
 *
 * @throws TypeError for what JSON cannot express (a function, a symbol, a bigint)
 */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

function canonicalJson(value: unknown): string {
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
    throw new TypeError(`a trigger cannot be a ${typeof value}`);
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(",")}}`;
}

/**
 * Makes the error for a trigger that cannot be used.
 *
 * @param name the trigger's name or index, with the name of a resource's output, such as `service.code`
 * @param what what the trigger is or does, such as `contains itself`
 */
export const unusableTrigger = (
  name: string,
  what: string,
  remedy = "Give a value that changes with it: one of its outputs, or a digest of its content.",
): CrashtestError => new CrashtestError({ code: "ARGUMENT_INVALID", problem: `Trigger ${name} ${what}`, remedy });

/** Replaces an asset or an archive in a trigger's value: plain, since the SDK's outputs make plain copies. */
export type ContentMark = Record<typeof CONTENT_KEY, string>;

/** In states, as part of digests: never changes. No program has a key of this name. */
const CONTENT_KEY = "crashtest-content-7b1e4a52-9d3c-4f0e-8a66-2c5d10b7f3e9";

/** @param digest the kind of the content and its digest, such as `file:<SHA-256>` */
export const contentMark = (digest: string): ContentMark => ({ [CONTENT_KEY]: digest });
