import { parseDocument } from "yaml";
import { isObject, type Fields } from "../json-shape";

/** The largest document that is read, in bytes. */
export const MAX_SPECIFICATION_BYTES = 4 * 1024 * 1024;
/** YAML takes more than a second for each MiB, in which the service does nothing else. */
const MAX_YAML_BYTES = 1024 * 1024;

/** An operation of an API: a method in upper case, and a path with `{parameters}`, the base path included. */
export interface ApiOperation {
  method: string;
  path: string;
}

/** An OpenAPI document: version 2.0 (`swagger`), 3.0 or 3.1. */
export interface ApiSpecification {
  document: Fields;
  /** The path that all operations are below, without a slash at its end: `/api/v1`, or empty. */
  basePath: string;
  operations: readonly ApiOperation[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
/** A scheme with its host, of which a server's address needs neither. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/]*|^\/\/[^/]*/i;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Returns the path of a document's first server, with the defaults of its variables. */
function serverPathOf(document: Fields): string {
  const [server] = Array.isArray(document["servers"]) ? (document["servers"] as unknown[]) : [];
  if (!isObject(server)) return "";
  const variables = isObject(server["variables"]) ? server["variables"] : {};
  return textOf(server["url"])
    .replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return isObject(variable) ? textOf(variable["default"]) : "";
    })
    .replace(ORIGIN, "")
    .replace(/[?#].*$/, "");
}

function basePathOf(document: Fields): string {
  const path = document["swagger"] === undefined ? serverPathOf(document) : textOf(document["basePath"]);
  const bare = path.replace(/\/+$/, "");
  return bare === "" || bare.startsWith("/") ? bare : `/${bare}`;
}

function versionProblemOf({ swagger, openapi }: Fields): string | undefined {
  const isKnown = swagger === "2.0" || (typeof openapi === "string" && /^3\.[01]\.\d+/.test(openapi));
  return isKnown ? undefined : 'it must have swagger: "2.0", openapi: 3.0.x or openapi: 3.1.x';
}

/** Reads JSON by itself, since the parser of YAML takes seconds for a document of the largest size. */
function readDocument(text: string): { document: unknown } | { problem: string } {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch {
    // YAML, or invalid in either.
  }
  if (Buffer.byteLength(text) > MAX_YAML_BYTES)
    return { problem: `as YAML it can have at most ${MAX_YAML_BYTES} bytes` };
  const parsed = parseDocument(text, { logLevel: "error" });
  const [error] = parsed.errors;
  if (error !== undefined) return { problem: `line ${error.linePos?.[0].line ?? 1} cannot be parsed (${error.code})` };
  try {
    return { document: parsed.toJS() as unknown };
  } catch {
    return { problem: "its aliases cannot be resolved" };
  }
}

/** Parses the text of an OpenAPI document, JSON or YAML; or returns why it is invalid, without its content. */
export function parseApiSpecification(text: string): ApiSpecification | { problem: string } {
  if (Buffer.byteLength(text) > MAX_SPECIFICATION_BYTES) {
    return { problem: `it has more than ${MAX_SPECIFICATION_BYTES} bytes` };
  }
  const read = readDocument(text);
  if ("problem" in read) return read;
  const { document } = read;
  if (!isObject(document)) return { problem: "it must be an object" };
  const problem = versionProblemOf(document);
  if (problem !== undefined) return { problem };
  const paths = document["paths"];
  if (!isObject(paths)) return { problem: "paths is missing" };
  const basePath = basePathOf(document);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => path.startsWith("/") && isObject(item) && isObject(item[method])).map((method) => ({
      method: method.toUpperCase(),
      path: `${basePath}${path}`,
    })),
  );
  return operations.length === 0 ? { problem: "it has no operation" } : { document, basePath, operations };
}
