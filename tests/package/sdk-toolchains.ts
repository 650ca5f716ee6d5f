import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { cacheRoot, ENGINE_MODULES_DIR, languagesFolder, pythonSdkFolder } from "../../scripts/engine/cache";
import { findExecutable, pathFolders } from "../../scripts/engine/inspect";
import { findSdkGenerator } from "../../scripts/engine/sdk-generator";

export const LANGUAGES = ["nodejs", "python", "go", "dotnet", "java"] as const;

export type Language = (typeof LANGUAGES)[number];

/** A command, or why there is none. */
export type Tool = { command: string; args: readonly string[]; env?: Record<string, string> } | { missing: string };

const onPath = (name: string): string | undefined => findExecutable(name, pathFolders(process.env));

/** The language hosts of Pulumi's release lie beside the CLI; those that the tests build, in the cache. */
const hostFolders = (): string[] => [
  ...pathFolders(process.env),
  join(cacheRoot(process.env), languagesFolder(), "bin"),
];

/**
 * Returns what generates the SDK of a language: a generator of this repository, or the CLI with its language host. The former
 * comes first, since the host for Node that the tests build is wrong if it is built with Go 1.26.
 */
export function generatorOf(language: Language, schema: string, out: string): Tool {
  const generator = language === "python" || language === "java" ? undefined : findSdkGenerator(language);
  if (generator !== undefined) return { ...generator, args: [...generator.args, schema, join(out, language)] };
  const name = `pulumi-language-${language}`;
  const host = findExecutable(name, hostFolders());
  const pulumi = onPath("pulumi");
  if (host !== undefined && pulumi !== undefined) {
    const args = ["package", "gen-sdk", schema, "--language", language, "--out", out];
    const path = [dirname(host), process.env["PATH"] ?? ""].join(delimiter);
    return { command: pulumi, args, env: { PATH: path } };
  }
  return { missing: pulumi === undefined ? "there is no pulumi on the PATH" : `there is no ${name} on the PATH` };
}

/** Returns what compiles an SDK and the programs beside it, in the SDK's folder. */
export function compilerOf(language: Language): Tool {
  switch (language) {
    case "nodejs": {
      const tsc = resolve(__dirname, "../../node_modules/typescript/bin/tsc");
      return { command: process.execPath, args: [tsc, "-p", "programs/tsconfig.json"] };
    }
    case "python":
      return found("python3", ["-m", "compileall", "-q", "."]);
    case "go":
      return { ...found("go", ["build", "-mod=mod", "-o", "built/", "./..."]), env: { GOWORK: "off" } };
    case "dotnet":
      return found("dotnet", ["build"]);
    case "java":
      return found("gradle", ["compileJava"]);
  }
}

function found(name: string, args: readonly string[]): Tool {
  const command = onPath(name);
  return command === undefined ? { missing: `there is no ${name} on the PATH` } : { command, args };
}

/** Returns an interpreter for Python that has Pulumi's own SDK, and what installs packages. */
export function pythonWithPulumi(): Tool {
  const requirements = readFileSync(join(ENGINE_MODULES_DIR, "python-sdk/requirements.txt"), "utf8");
  const python = join(cacheRoot(process.env), pythonSdkFolder(requirements), "bin/python");
  if (existsSync(python)) return { command: python, args: [], env: { PYTHONDONTWRITEBYTECODE: "1" } };
  return { missing: "Pulumi's SDK for Python is not in the cache" };
}
