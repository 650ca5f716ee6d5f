import { parseApiSpecification } from "../../src/scanners/api-specification";
import { pointedAt } from "../../src/scanners/wapiti/run-files";

const TARGET = new URL("http://127.0.0.1:8080/shop/");
const paths = { "/a": { get: {} } };

test.each([
  [
    { openapi: "3.0.0", servers: [{ url: "https://api.example/v1" }, { url: "/v2" }], paths },
    { openapi: "3.0.0", servers: [{ url: "http://127.0.0.1:8080/v1" }], paths },
  ],
  [
    { openapi: "3.1.0", paths },
    { openapi: "3.1.0", servers: [{ url: "http://127.0.0.1:8080" }], paths },
  ],
  [
    { swagger: "2.0", host: "api.example", basePath: "/v1", schemes: ["https"], paths },
    { swagger: "2.0", host: "127.0.0.1:8080", basePath: "/v1", schemes: ["http"], paths },
  ],
  [
    { swagger: "2.0", paths },
    { swagger: "2.0", host: "127.0.0.1:8080", basePath: "/", schemes: ["http"], paths },
  ],
])("all operations are on the target (%#)", (document, expected) => {
  const specification = parseApiSpecification(JSON.stringify(document));
  if ("problem" in specification) throw new Error(specification.problem);
  expect(pointedAt(specification, TARGET)).toEqual(expected);
});

test("references in parameters and bodies are resolved, as many as there are after one another", () => {
  const id = { name: "id", in: "path" };
  const body = { content: {} };
  const document = {
    openapi: "3.0.0",
    components: {
      parameters: { id, alias: { $ref: "#/components/parameters/id" } },
      requestBodies: { "a/b": body },
    },
    paths: {
      "/a/{id}": {
        parameters: [{ $ref: "#/components/parameters/alias" }, { $ref: "#/components/parameters/gone" }],
        put: { parameters: [id], requestBody: { $ref: "#/components/requestBodies/a~1b" } },
      },
    },
  };
  const specification = parseApiSpecification(JSON.stringify(document));
  if ("problem" in specification) throw new Error(specification.problem);

  expect(pointedAt(specification, TARGET)["paths"]).toEqual({
    "/a/{id}": {
      parameters: [id, { $ref: "#/components/parameters/gone" }],
      put: { parameters: [id], requestBody: body },
    },
  });
});
