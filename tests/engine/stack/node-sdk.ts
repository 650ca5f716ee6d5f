import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { generatorOf } from "../../package/sdk-toolchains";
import { temporaryFolder } from "./ending";
import { runWell } from "./run";
import { sharedInstallation, type Stack } from "./stack";

const SCHEMA = resolve(__dirname, "../../../schemas/schema.json");

/** Installs the SDK of the plugin for Node, made from the schema, where the stack's program finds it. */
export async function installNodeSdk(stack: Stack): Promise<void> {
  const folder = temporaryFolder("generated-sdk", sharedInstallation());
  const generator = generatorOf("nodejs", SCHEMA, folder);
  if ("missing" in generator) throw new Error(generator.missing);
  const { command, args, env } = generator;
  await runWell(command, args, { cwd: folder, env: { ...process.env, ...env } });
  const sdk = join(folder, "nodejs");
  const sources = readdirSync(sdk, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  for (const name of sources) {
    writeFileSync(join(sdk, name.replace(/\.ts$/, ".js")), transpiled(readFileSync(join(sdk, name), "utf8")));
  }
  cpSync(sdk, join(stack.folder, "node_modules/@pulumi-crashtest/crashtest"), { recursive: true });
}

/** A module in JavaScript. Newer targets would overwrite what the constructors of the SDK's base classes set. */
export const transpiled = (code: string): string =>
  ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020 } })
    .outputText;
