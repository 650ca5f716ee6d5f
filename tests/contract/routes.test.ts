import { readFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { ROUTES } from "pulumi-crashtest/client";
import { OPERATIONS } from "./calls";
import { contractOperations, DOCUMENT_PATH, VERACODE_DOCUMENT_PATH } from "./contract-document";

const ROOT = resolve(__dirname, "../..");

test("the client's routes are the operations of the contract, no more and no less", () => {
  const documented = contractOperations().map(({ id, method, path }) => [id, `${method} ${path}`]);

  expect(ROUTES).toEqual(Object.fromEntries(documented));
});

test.each([DOCUMENT_PATH, VERACODE_DOCUMENT_PATH])("no operation of a contract stands there twice: %s", (path) => {
  const ids = contractOperations(path).map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});

test("the tests of this folder call every operation", () => {
  expect(OPERATIONS.sort()).toEqual(Object.keys(ROUTES).sort());
});

test("the operations without an API key are those of the webhook", () => {
  const withoutKey = contractOperations().filter(({ takesKey }) => !takesKey);

  expect(withoutKey.map(({ path }) => path)).toEqual(
    Object.values(ROUTES)
      .filter((route) => route.includes("{webhook}"))
      .map((route) => route.split(" ")[1]),
  );
});

test.each([
  [DOCUMENT_PATH, "contract/wire.generated.ts"],
  [VERACODE_DOCUMENT_PATH, "contract/veracode.generated.ts"],
])("the wire types are what the generator makes of the contract as it is now: %s", async (path, types) => {
  const generator = resolve(ROOT, "node_modules/openapi-typescript/bin/cli.js");

  const { stdout } = await promisify(execFile)(process.execPath, [generator, path]);

  const committed = await readFile(resolve(ROOT, types), "utf8");
  expect(committed.trim() === stdout.trim() ? "the same" : "run `npm run generate`").toBe("the same");
});
