import { join } from "node:path";

import { withLock } from "../lock/lock";

/** Runs what changes the cache; while another process does so, it says that, and waits. */
export const withCacheLock = <Result>(
  cacheDir: string,
  say: (line: string) => void,
  work: () => Promise<Result>,
): Promise<Result> =>
  withLock(
    join(cacheDir, "engine.lock"),
    (pid) => {
      say(`Another setup of the engine is running (process ${pid}); waiting for it.`);
    },
    work,
  );
