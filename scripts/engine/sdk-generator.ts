import { mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { cacheRoot, sdkGeneratorFolder } from "./cache";
import { withCacheLock } from "./cache-lock";
import { EngineStepError } from "./engine-error";
import { goBuild, requireGo } from "./go-build";
import { makeInCache } from "./set-up";

/** The languages that can be generated without a language host. */
export type GeneratedLanguage = "nodejs" | "go" | "dotnet";

/** The programs that are built: the release of the CLI has no generator for .NET any more. */
const PROGRAMS = ["sdk-generator", "sdk-generator-dotnet"] as const;

export interface SdkGeneratorOptions {
  /** Its PATH leads to Go. Default: this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Receives lines of progress. Default: standard error. */
  say?: (line: string) => void;
}

/** Returns what generates an SDK, apart from a schema and a folder; undefined if it is not in the cache. */
export function findSdkGenerator(
  language: GeneratedLanguage,
  env: NodeJS.ProcessEnv = process.env,
): { command: string; args: readonly string[] } | undefined {
  const [current, dotnet] = PROGRAMS.map((name) => join(cacheRoot(env), sdkGeneratorFolder(PROGRAMS), name));
  const command = language === "dotnet" ? dotnet : current;
  if (command === undefined || !existsSync(command)) return undefined;
  return { command, args: language === "dotnet" ? [] : [language] };
}

/**
 * Builds the generators of SDKs into the cache, if they are not there yet: about a minute, once per machine.
 *
 * @returns why they cannot be built; undefined if they are there
 */
export async function ensureSdkGenerator(options: SdkGeneratorOptions = {}): Promise<string | undefined> {
  const { env = process.env, say = (line) => process.stderr.write(`${line}\n`) } = options;
  if (findSdkGenerator("go", env) !== undefined) return undefined;
  return withCacheLock(cacheRoot(env), say, async () => {
    if (findSdkGenerator("go", env) !== undefined) return undefined;
    try {
      await makeInCache(cacheRoot(env), sdkGeneratorFolder(PROGRAMS), async (root) => {
        await requireGo(env);
        await mkdir(root, { recursive: true });
        for (const name of PROGRAMS) {
          const args = ["-ldflags", "-s -w", "-o", join(root, name), "."];
          await goBuild(`${name} (half a minute)`, name, { env, say }, args);
        }
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof EngineStepError)) throw error;
      return error.message;
    }
  });
}
