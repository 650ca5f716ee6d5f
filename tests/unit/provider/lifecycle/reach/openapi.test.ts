import { findDocumentProblem } from "../../../../../provider/lifecycle/reach/openapi";

const PATHS = 'paths:\n  /orders:\n    get: { responses: { "200": { description: ok } } }\n';
const json = (parts: object): string =>
  JSON.stringify({ openapi: "3.0.3", paths: { "/orders": { get: { responses: {} } } }, ...parts }, null, 2);

test.each([
  ["OpenAPI 2 in YAML", `swagger: "2.0"\n${PATHS}`],
  ["OpenAPI 3.0 in YAML", `openapi: 3.0.3\n${PATHS}`],
  ["OpenAPI 3.1 in JSON", json({ openapi: "3.1.0" })],
  ["references inside of the document", json({ components: { schemas: { a: { $ref: "#/components/schemas/b" } } } })],
  ["an example that has a $ref", json({ components: { schemas: { a: { example: { $ref: "a.yaml" } } } } })],
  [
    "a property that is called $ref",
    json({ components: { schemas: { a: { properties: { $ref: { type: "string" } } } } } }),
  ],
  ["a few aliases", `openapi: 3.0.3\nx-a: &a { b: 1 }\nx-c: *a\n${PATHS}`],
])("%s is taken", async (_what, text) => {
  await expect(findDocumentProblem(text)).resolves.toBeUndefined();
});

const VERSION = 'it must have swagger: "2.0", or openapi: "3.0.x" or "3.1.x", as a text';
const NO_OPERATION = "paths must have at least one operation, below a path that begins with /";
const NO_OBJECT = "it is not an OpenAPI document";

test.each([
  ["nothing", "", 1, NO_OBJECT],
  ["a list", "- 1\n- 2\n", 1, NO_OBJECT],
  ["a text", "<html>", 1, NO_OBJECT],
  ["no version", `info: {}\n${PATHS}`, 1, VERSION],
  ["a version that is a number", `info: {}\nswagger: 2.0\n${PATHS}`, 2, VERSION],
  ["a version to come", `info: {}\n\nopenapi: 3.2.0\n${PATHS}`, 3, VERSION],
  ["no paths", "openapi: 3.1.0\n", 1, "paths must be an object"],
  ["paths that are a list", "openapi: 3.1.0\npaths: []\n", 2, "paths must be an object"],
  ["no operation", "openapi: 3.1.0\npaths: { /a: { parameters: [] } }\n", 2, NO_OPERATION],
  [
    "a reference to a file",
    `openapi: 3.0.0\n${PATHS}x:\n  - $ref: a.yaml\n`,
    6,
    "a $ref leads to another document: bundle them into one",
  ],
  [
    "a reference in JSON",
    json({ a: { $ref: "https://x.example/a.json" } }),
    11,
    "a $ref leads to another document: bundle them into one",
  ],
  [
    "a reference to a file below a response that is called default",
    json({ components: { responses: { default: { content: { a: { schema: { $ref: "errors.yaml#/E" } } } } } } }),
    16,
    "a $ref leads to another document: bundle them into one",
  ],
  ["paths without a slash", json({ paths: { orders: { get: { responses: {} } } } }), 3, NO_OPERATION],
  [
    "much YAML",
    `openapi: 3.0.0\n${PATHS}x: ${"y".repeat(1_048_576)}`,
    1,
    expect.stringContaining("convert it to JSON"),
  ],
  ["invalid YAML", "openapi: 3.0.0\npaths: {\n", 3, expect.stringContaining("must")],
  ["a key that is there twice", `openapi: 3.0.0\nopenapi: 3.0.1\n${PATHS}`, 2, "Map keys must be unique"],
  ["two documents", `openapi: 3.0.0\n${PATHS}---\na: 1\n`, 5, "a second document begins"],
  ["broken JSON", '{\n"openapi": "3.0.0",\n"paths": {', 3, expect.any(String)],
])("%s is refused, with the line", async (_what, text, line, reason) => {
  await expect(findDocumentProblem(text)).resolves.toEqual({ line, reason: reason as unknown });
});

test("a document that contains itself is read to its end", async () => {
  await expect(findDocumentProblem(`openapi: 3.0.0\n${PATHS}x: &x\n  y: *x\n  z: *x\n`)).resolves.toBeUndefined();
});

test("a document with very many aliases is refused", async () => {
  const level = (name: string, of: string) =>
    `x-${name}: &${name} [${Array.from({ length: 30 }, () => `*${of}`).join(", ")}]\n`;
  const text = `openapi: 3.0.0\nx-a: &a [1]\n${level("b", "a")}${level("c", "b")}${level("d", "c")}${PATHS}`;

  await expect(findDocumentProblem(text)).resolves.toEqual({ line: 1, reason: NO_OBJECT });
});

test.each([["[".repeat(100_000)], [`${"[".repeat(50_000)}${"]".repeat(50_000)}`], ["{a: ".repeat(50_000)]])(
  "what is nested too deeply is refused (%#)",
  async (text) => {
    expect((await findDocumentProblem(text))?.line).toBe(1);
  },
);
