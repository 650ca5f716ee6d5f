import type { Finding } from "../finding";
import { fieldOf, fieldsBut, isJsonObject, type JsonObject } from "../json-fields";
import { MAX_REPORT_DEPTH } from "../report-error";
import { isSecretName, MASK } from "./masking";

/**
 * Returns the request of a finding as lines, with the values of cookies and authorization headers masked; undefined without a
 * request. A request that is a string is returned unmasked. ASSUMED: `details.request` may contain method, url, parameter, headers
 * and a body, in any JSON structure; the published report has none of them.
 */
export function requestOf({ additional }: Finding): string | undefined {
  const details = fieldOf(additional, "details");
  const request = isJsonObject(details) ? fieldOf(details, "request") : undefined;
  // `has_findings` is about the service's report, not part of the request.
  const text = linesOf(isJsonObject(request) ? fieldsBut(request, FLAGS) : request).join("\n");
  return text.trim() === "" ? undefined : text;
}

const FLAGS = new Set(["has_findings"]);

/** Returns a line per value, with its name. Hides values nested too deeply, since strings may contain JSON again. */
function linesOf(value: unknown, name = "", depth = 0): string[] {
  if (value === null || value === undefined) return [];
  if (isSecretName(name) || depth > MAX_REPORT_DEPTH) return [lineOf(name, MASK)];
  if (Array.isArray(value)) return linesOfList(value, name, depth + 1);
  if (isJsonObject(value)) return linesOfObject(value, depth + 1);
  if (typeof value !== "string") return [lineOf(name, JSON.stringify(value))];
  const held = jsonIn(value);
  return held === undefined ? [lineOf(name, value)] : linesOf(held, name, depth + 1);
}

const lineOf = (name: string, text: string): string => (name === "" ? text : `${name}: ${text}`);

/** Neighbours may be a name and its value: `["Host", "a.example", "Cookie", "a=1"]`. */
const linesOfList = (list: readonly unknown[], name: string, depth: number): string[] =>
  list.flatMap((item, index) => {
    const before: unknown = list[index - 1];
    return linesOf(item, typeof before === "string" && isSecretName(before) ? before : name, depth);
  });

/** Members that name another member of their object: `{ name: "Cookie", value: "a=1" }`. */
const NAMING_MEMBERS = ["name", "key", "header", "field"];

function linesOfObject(object: JsonObject, depth: number): string[] {
  const naming = NAMING_MEMBERS.find((member) => typeof fieldOf(object, member) === "string");
  if (naming === undefined) return Object.entries(object).flatMap(([field, member]) => linesOf(member, field, depth));
  const name = String(object[naming]);
  const others = Object.entries(object).filter(([field]) => field !== naming);
  if (isSecretName(name)) return [lineOf(name, MASK)];
  const held = fieldOf(object, "value");
  if (held !== undefined) return linesOf(held, name, depth);
  return [lineOf(naming, name), ...others.flatMap(([field, member]) => linesOf(member, field, depth))];
}

function jsonIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
