import type { Document, LineCounter } from "yaml";

/** What is wrong with a document, and in which line of it. */
export interface DocumentProblem {
  line: number;
  reason: string;
}

/** A place in a document: the keys that lead to it. */
interface PlacedProblem {
  path: readonly string[];
  reason: string;
}

/** YAML takes more than a second for each MiB, and the local service takes no more. */
const MAX_YAML_BYTES = 1024 * 1024;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const VERSION_3 = /^3\.[01]\.\d+$/;
/** What is in these is data, in which a `$ref` leads nowhere; unless they are names that the document gives. */
const DATA = new Set(["example", "examples", "default", "enum", "const"]);
const NAMING = new Set(["responses", "properties", "schemas", "definitions", "parameters", "headers", "paths"]);

/**
 * Returns what keeps a text from being an OpenAPI document (2, 3.0 or 3.1, as JSON or YAML) that stands alone and has an
 * operation; undefined for a valid one. It is not validated against the whole schema. No problem repeats a value.
 */
export async function findDocumentProblem(text: string): Promise<DocumentProblem | undefined> {
  try {
    const json = parseJson(text);
    if (json !== undefined && findProblem(json.document) === undefined) return undefined;
    if (json === undefined && Buffer.byteLength(text) > MAX_YAML_BYTES) {
      return { line: 1, reason: `as YAML it can have at most ${MAX_YAML_BYTES} bytes: convert it to JSON` };
    }
    return await findYamlProblem(text);
  } catch (error) {
    // Both parsers are recursive.
    if (error instanceof RangeError) return { line: 1, reason: "it is nested too deeply" };
    throw error;
  }
}

/** Is many times faster than YAML, of which JSON is a part. */
function parseJson(text: string): { document: unknown } | undefined {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function findYamlProblem(text: string): Promise<DocumentProblem | undefined> {
  // Loaded here, so that scans without a document do not spend the time.
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const parsed = yaml.parseDocument(text, {
    schema: "core",
    prettyErrors: false,
    logLevel: "error",
    lineCounter: lines,
  });
  const [error] = parsed.errors;
  if (error !== undefined) {
    const reason = error.code === "MULTIPLE_DOCS" ? "a second document begins" : error.message;
    return { line: lines.linePos(error.pos[0]).line, reason };
  }
  const problem = findProblem(toValues(parsed));
  return problem && { line: lineOf(problem.path, parsed, lines), reason: problem.reason };
}

/** Returns undefined for more aliases than a document that a person wrote has. */
function toValues(document: Document): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function lineOf(path: readonly string[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === "number") return lines.linePos(range[0]).line;
  }
  return 1;
}

function findProblem(document: unknown): PlacedProblem | undefined {
  if (!isObject(document)) return { path: [], reason: "it is not an OpenAPI document" };
  const { swagger, openapi, paths } = document;
  if (swagger !== "2.0" && !(typeof openapi === "string" && VERSION_3.test(openapi))) {
    const reason = 'it must have swagger: "2.0", or openapi: "3.0.x" or "3.1.x", as a text';
    return { path: [openapi === undefined ? "swagger" : "openapi"], reason };
  }
  if (!isObject(paths)) return { path: ["paths"], reason: "paths must be an object" };
  const hasOperation = Object.entries(paths).some(
    ([path, item]) => path.startsWith("/") && isObject(item) && METHODS.some((it) => isObject(item[it])),
  );
  if (!hasOperation)
    return { path: ["paths"], reason: "paths must have at least one operation, below a path that begins with /" };
  return findForeignReference(document);
}

/** Visits each object once, since aliases can make a document that contains itself. */
function findForeignReference(document: object): PlacedProblem | undefined {
  const seen = new Set<object>();
  const open: { value: object; path: readonly string[] }[] = [{ value: document, path: [] }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { value, path } = at;
    if (seen.has(value)) continue;
    seen.add(value);
    for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
      const place = [...path, key];
      if (key === "$ref" && typeof inner === "string" && !inner.startsWith("#")) {
        return { path: place, reason: "a $ref leads to another document: bundle them into one" };
      }
      const isData = DATA.has(key) && !NAMING.has(path.at(-1) ?? "");
      if (typeof inner === "object" && inner !== null && !isData) open.push({ value: inner, path: place });
    }
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
