import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(__filename);

/** The version of the package, and so of the plugin. */
export const version = (): string => (load("pulumi-crashtest/package.json") as { version: string }).version;

/** Returns the schema of the package, from which the engine and its tools know what there is in it. */
export const schemaText = (): string => readFileSync(load.resolve("pulumi-crashtest/schemas/schema.json"), "utf8");
