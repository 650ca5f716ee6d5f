import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Returns where the real scanner is installed: the cache that the package's other tools also use. */
export function cacheDirOf(env: NodeJS.ProcessEnv): string {
  const own = env["CRASHTEST_CACHE_DIR"];
  if (own !== undefined && own !== "") return resolve(own);
  const userCache = env["XDG_CACHE_HOME"];
  const root = userCache !== undefined && userCache !== "" ? resolve(userCache) : join(homedir(), ".cache");
  return join(root, "pulumi-crashtest");
}
