import type { Finding } from "../finding";
import { fieldOf, isJsonObject } from "../json-fields";
import { isSecretName, MASK } from "./masking";

/**
 * The request of a finding as lines, with the values of cookies and authorization headers masked; undefined where the report
 * has none. ASSUMED: `details.request` may hold method, url, parameter, headers and a body, in any form of JSON; the published report
 * has none of them.
 */
export function requestOf({ additional }: Finding): string | undefined {
  const details = fieldOf(additional, "details");
  const request = isJsonObject(details) ? fieldOf(details, "request") : undefined;
  if (!isJsonObject(request)) return typeof request === "string" ? request : undefined;
  const { has_findings: _flag, ...fields } = request;
  const lines = linesOf(fields);
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** One line per value, by its name; lists and objects are gone into, `{ name, value }` being a name with its value. */
function linesOf(value: unknown, name = ""): string[] {
  if (value === null || value === undefined) return [];
  if (isSecretName(name)) return [`${name}: ${MASK}`];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => linesOf(item, name));
  if (!isJsonObject(value)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return name === "" ? [text] : [`${name}: ${text}`];
  }
  const [key, held] = [fieldOf(value, "name"), fieldOf(value, "value")];
  if (typeof key === "string" && held !== undefined) return linesOf(held, key);
  return Object.entries(value).flatMap(([field, member]) => linesOf(member, field));
}
