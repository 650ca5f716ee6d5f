import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { runCommand } from "../process/run-command";
import { pulumiHome } from "./cache";
import type { Candidate, EngineSource } from "./choose";
import { parseVersion } from "./version";

/** What an engine needs in addition to the CLI to run a Node program with dynamic resources. */
const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;
const VERSION_TIMEOUT_MS = 30_000;
const SUFFIXES = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];

/** Returns the executable's path in one of the folders; undefined if none has it. */
export function findExecutable(name: string, folders: readonly string[]): string | undefined {
  const paths = folders.flatMap((folder) => SUFFIXES.map((suffix) => join(folder, name + suffix)));
  return paths.find(isExecutable);
}

/** Splits a PATH into its folders. */
export function pathFolders(env: NodeJS.ProcessEnv): string[] {
  return (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** Inspects a folder that should contain an engine; undefined if it has no `pulumi`. */
export async function inspectEngine(
  source: EngineSource,
  binDir: string,
  env: NodeJS.ProcessEnv,
): Promise<Candidate | undefined> {
  const pulumi = findExecutable("pulumi", [binDir]);
  if (pulumi === undefined) return undefined;
  const { exitCode, stdout } = await runCommand(pulumi, ["version"], {
    env: { ...env, PULUMI_HOME: pulumiHome(env), PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: VERSION_TIMEOUT_MS,
  });
  const beside = [binDir, dirname(realpathSync(pulumi))];
  const folders = source === "path" ? [...beside, ...pathFolders(env)] : beside;
  return {
    source,
    binDir,
    version: exitCode === 0 ? parseVersion(stdout) : undefined,
    missing: COMPANIONS.filter((name) => findExecutable(name, folders) === undefined),
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
