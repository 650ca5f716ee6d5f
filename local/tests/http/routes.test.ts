import { join } from "node:path";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { CRASHTEST_ROUTES } from "../../src/http/crashtest/operations";
import { VERACODE_ROUTES } from "../../src/http/veracode/operations";

const METHODS = ["get", "post", "put", "delete"];

interface Document {
  paths: Record<string, Record<string, { operationId?: string }>>;
}

function routesIn(contractFile: string): Record<string, string> {
  const text = readFileSync(join(__dirname, "../../../contract", contractFile), "utf8");
  const routes = Object.entries((parse(text) as Document).paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { operationId = "" }]) => [operationId, `${method.toUpperCase()} ${path}`] as const),
  );
  return Object.fromEntries(routes);
}

test.each([
  ["openapi.yaml", CRASHTEST_ROUTES],
  ["veracode.yaml", VERACODE_ROUTES],
])("the operations of %s are found by method and path", (contractFile, routes) => {
  expect(routes).toEqual(routesIn(contractFile));
});
