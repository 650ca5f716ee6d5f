import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The checkout's root. */
export const REPOSITORY_ROOT = resolve(__dirname, "../..");

/** The Go modules that an engine is built from, and the requirements of Python's SDK. */
export const ENGINE_MODULES_DIR = join(REPOSITORY_ROOT, "engine");

const HASH_LENGTH = 12;
const ENGINE_MODULES = ["cli", "language-nodejs"] as const;
const LANGUAGE_MODULES = ["language-yaml", "language-python"] as const;

/**
 * Returns the folder outside the checkout for what is created once per machine:
 * `CRASHTEST_CACHE_DIR`, otherwise `pulumi-crashtest` in `XDG_CACHE_HOME`, otherwise in `~/.cache`. Empty counts as unset.
 */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const own = env["CRASHTEST_CACHE_DIR"];
  if (own) return resolve(own);
  const userCache = env["XDG_CACHE_HOME"];
  return join(userCache ? resolve(userCache) : join(homedir(), ".cache"), "pulumi-crashtest");
}

/** Returns the folder for the CLI's own files (logs, plugins), so that our commands leave nothing in the user's home. */
export const pulumiHome = (env: NodeJS.ProcessEnv): string => join(cacheRoot(env), "pulumi-home");

/** Returns an engine's folder name in the cache. It depends on what the engine is built from, so a change gives another folder. */
export function engineFolder(version: string, sourceHash?: string): string {
  const suffix = sourceHash === undefined ? "" : `-${sourceHash}`;
  return `engine-${version}-${process.platform}-${process.arch}${suffix}`;
}

/** Returns the folder name of the language hosts for YAML and Python. They are apart from the engine, which may be the user's own. */
export function languagesFolder(modulesDir: string = ENGINE_MODULES_DIR): string {
  return `languages-${process.platform}-${process.arch}-${hashModules(LANGUAGE_MODULES, modulesDir)}`;
}

/** Returns the folder name of the programs of these modules, which generate SDKs. */
export function sdkGeneratorFolder(modules: readonly string[]): string {
  const hash = hashModules(modules, ENGINE_MODULES_DIR, ["go.mod", "go.sum", "main.go"]);
  return `sdk-generator-${process.platform}-${process.arch}-${hash}`;
}

/** Returns the folder name of a virtual environment with what these requirements list. */
export function pythonSdkFolder(requirements: string): string {
  return `python-sdk-${createHash("sha256").update(requirements).digest("hex").slice(0, HASH_LENGTH)}`;
}

/** Hashes the files that determine which engine the Go modules become. */
export function hashEngineModules(modulesDir: string = ENGINE_MODULES_DIR): string {
  return hashModules(ENGINE_MODULES, modulesDir);
}

function hashModules(modules: readonly string[], modulesDir: string, names = ["go.mod", "go.sum"]): string {
  const hash = createHash("sha256");
  for (const file of modules.flatMap((module) => names.map((name) => `${module}/${name}`))) {
    hash.update(file).update(readFileSync(join(modulesDir, file)));
  }
  return hash.digest("hex").slice(0, HASH_LENGTH);
}

/** Reads the version of the CLI from the Go module. */
export function readBuiltVersion(modulesDir: string = ENGINE_MODULES_DIR): string {
  const text = readFileSync(join(modulesDir, "cli/go.mod"), "utf8");
  const version = /^require github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)$/m.exec(text)?.[1];
  if (version === undefined)
    throw new Error(`${modulesDir}/cli/go.mod names no version of github.com/pulumi/pulumi/pkg/v3`);
  return version;
}
