import { cacheRoot, pulumiHome } from "../engine/cache";
import type { Engine } from "../engine/ensure-engine";

/** A developer's own variables with these names are not for the tests: a real key, a real backend. Soak tests have theirs. */
const NOT_FOR_TESTS = /^(?:CRASHTEST|PULUMI)_(?!CHROMIUM$|FUZZ_|KILL_)/;

/**
 * Returns the environment of the tests: ours, without the developer's own settings of Crashtest and Pulumi, with the engine,
 * and with a Pulumi home in the cache instead of the user's.
 */
export function testEnvironment(env: NodeJS.ProcessEnv, engine: Engine | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !NOT_FOR_TESTS.test(name));
  const cacheDir = cacheRoot(env);
  return {
    ...Object.fromEntries(kept),
    CRASHTEST_CACHE_DIR: cacheDir,
    PULUMI_HOME: pulumiHome(env),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...engine?.env,
  };
}
