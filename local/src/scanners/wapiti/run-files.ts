import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type Fields } from "../../json-shape";
import type { ApiSpecification } from "../api-specification";

/** Returns a document whose operations are all on the target, below the base path that it had, as the scanner can read it. */
export function pointedAt({ document, basePath }: ApiSpecification, target: URL): Fields {
  const read = { ...document, paths: withoutReferences(document) };
  return document["swagger"] === undefined
    ? { ...read, servers: [{ url: `${target.origin}${basePath}` }] }
    : { ...read, host: target.host, schemes: [target.protocol.replace(":", "")], basePath: basePath || "/" };
}

/** The scanner resolves references in schemas only: an operation's parameters and body would be left out. */
function withoutReferences(document: Fields): Fields {
  const resolve = (value: unknown): unknown => resolved(document, value);
  const parametersOf = ({ parameters }: Fields): Fields =>
    Array.isArray(parameters) ? { parameters: parameters.map(resolve) } : {};
  const bodyOf = ({ requestBody }: Fields): Fields =>
    requestBody === undefined ? {} : { requestBody: resolve(requestBody) };
  const operationOf = (value: unknown): unknown =>
    isObject(value) ? { ...value, ...parametersOf(value), ...bodyOf(value) } : value;
  const itemOf = (item: Fields): Fields => ({ ...mapped(item, operationOf), ...parametersOf(item) });
  return mapped(document["paths"], (item) => (isObject(item) ? itemOf(item) : item));
}

const mapped = (value: unknown, change: (value: unknown) => unknown): Fields =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([key, item]) => [key, change(item)]));

/** More than one after another is rare. */
const MAX_REFERENCES = 5;

/** Follows references inside of the document; one that leads nowhere is returned as it is. */
function resolved(document: Fields, value: unknown): unknown {
  let found = value;
  for (let count = 0; count < MAX_REFERENCES; count += 1) {
    const reference = isObject(found) ? found["$ref"] : undefined;
    if (typeof reference !== "string" || !reference.startsWith("#/")) return found ?? value;
    const keys = reference
      .slice(2)
      .split("/")
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    found = keys.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), document);
  }
  return found ?? value;
}

/** Writes the document for the scanner into the folder of its run; returns the path. */
export async function writeSpecification(
  specification: ApiSpecification,
  target: URL,
  workDir: string,
): Promise<string> {
  const path = join(workDir, "specification.json");
  await writeFile(path, JSON.stringify(pointedAt(specification, target)), { mode: 0o600 });
  return path;
}

/**
 * Writes pages that the scanner starts at, beside its target, into the folder of its run; returns the path. A file, since a
 * query may hold a token.
 */
export async function writeStartPages(pages: readonly URL[], workDir: string): Promise<string> {
  const path = join(workDir, "start-pages.txt");
  await writeFile(path, pages.map((page) => `${withoutHash(page)}\n`).join(""), { mode: 0o600 });
  return path;
}

const withoutHash = ({ href, hash }: URL): string => href.slice(0, href.length - hash.length);
