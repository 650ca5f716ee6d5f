import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "../lock/lock";
import { cacheRoot, ENGINE_MODULES_DIR } from "./cache";
import { EngineStepError } from "./engine-error";
import { goBuild, requireGo } from "./go-build";
import { makeInCache } from "./set-up";

const MODULE = "sdk-generator";
const HASH_LENGTH = 12;

export interface SdkGeneratorOptions {
  /** Its PATH leads to Go. Default: this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Receives lines of progress. Default: standard error. */
  say?: (line: string) => void;
}

function folderName(): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum", "main.go"]) hash.update(readFileSync(join(ENGINE_MODULES_DIR, MODULE, file)));
  return `${MODULE}-${process.platform}-${process.arch}-${hash.digest("hex").slice(0, HASH_LENGTH)}`;
}

/** Returns the generator of SDKs for Go and .NET, if it is in the cache. */
export function findSdkGenerator(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const path = join(cacheRoot(env), folderName(), MODULE);
  return existsSync(path) ? path : undefined;
}

/**
 * Builds the generator of SDKs for Go and .NET into the cache, if it is not there yet: less than a minute, once per machine.
 *
 * @returns why it cannot be built; undefined if it is there
 */
export async function ensureSdkGenerator(options: SdkGeneratorOptions = {}): Promise<string | undefined> {
  const { env = process.env, say = (line) => process.stderr.write(`${line}\n`) } = options;
  if (findSdkGenerator(env) !== undefined) return undefined;
  const onWait = (pid: number): void => {
    say(`Another setup of the engine is running (process ${pid}); waiting for it.`);
  };
  return withLock(join(cacheRoot(env), "engine.lock"), onWait, async () => {
    if (findSdkGenerator(env) !== undefined) return undefined;
    try {
      await makeInCache(cacheRoot(env), folderName(), async (root) => {
        await requireGo(env);
        await mkdir(root, { recursive: true });
        const args = ["-ldflags", "-s -w", "-o", join(root, MODULE), "."];
        await goBuild("the generator of SDKs for Go and .NET (less than a minute)", MODULE, { env, say }, args);
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof EngineStepError)) throw error;
      return error.message;
    }
  });
}
