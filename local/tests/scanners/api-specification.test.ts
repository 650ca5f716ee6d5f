import { parseApiSpecification } from "../../src/scanners/api-specification";

const withPaths = (head: object): string =>
  JSON.stringify({ ...head, paths: { "/orders/{id}": { get: {}, post: {} } } });

test.each<[string, object, string]>([
  ["3.0 without servers", { openapi: "3.0.3" }, ""],
  ["3.1 with an address", { openapi: "3.1.0", servers: [{ url: "https://api.example/v1/" }] }, "/v1"],
  ["3.0 with a path", { openapi: "3.0.0", servers: [{ url: "/v2" }] }, "/v2"],
  [
    "3.0 with variables",
    { openapi: "3.0.0", servers: [{ url: "https://{env}.example/{v}", variables: { v: { default: "v3" } } }] },
    "/v3",
  ],
  ["2.0", { swagger: "2.0", host: "api.example", basePath: "/v4" }, "/v4"],
])("the operations of %s are below its base path", (_case, head, basePath) => {
  expect(parseApiSpecification(withPaths(head))).toMatchObject({
    basePath,
    operations: [
      { method: "GET", path: `${basePath}/orders/{id}` },
      { method: "POST", path: `${basePath}/orders/{id}` },
    ],
  });
});

test("a document in YAML is read", () => {
  const text = "openapi: 3.0.3\npaths:\n  /a:\n    parameters: []\n    get: {}\n";
  expect(parseApiSpecification(text)).toMatchObject({ operations: [{ method: "GET", path: "/a" }] });
});

test.each([
  ["openapi: 3.0.0\npaths: {a: [}", "line 2 cannot be parsed"],
  ["[]", "it must be an object"],
  ["openapi: 4.0.0", "it must have swagger"],
  ["openapi: 3.0.0", "paths is missing"],
  ["openapi: 3.0.0\npaths: {/a: {parameters: []}}", "it has no operation"],
  [`a: "${"x".repeat(1024 * 1024)}`, "as YAML it can have at most 1048576 bytes"],
  [`a: "${"x".repeat(4 * 1024 * 1024)}"`, "it has more than 4194304 bytes"],
])("an invalid document is refused with its reason (%#)", (text, reason) => {
  expect(parseApiSpecification(text)).toEqual({ problem: expect.stringContaining(reason) as string });
});
