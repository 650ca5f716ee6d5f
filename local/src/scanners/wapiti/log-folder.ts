import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** How many scan logs are kept. */
export const MAX_KEPT_LOGS = 200;

const LOG_NAME = /^scan-(\d+)\.log$/;

/** Returns the logs to be removed: all but those of the newest scans, whose IDs are the highest. Other files are ignored. */
export function expiredLogs(names: readonly string[], maxKept: number = MAX_KEPT_LOGS): string[] {
  const scanIdOf = (name: string): number => Number(LOG_NAME.exec(name)?.[1] ?? NaN);
  return names
    .filter((name) => LOG_NAME.test(name))
    .sort((one, other) => scanIdOf(other) - scanIdOf(one))
    .slice(maxKept);
}

/** Removes expired logs; one that cannot be removed stays. */
export async function removeExpiredLogs(logDir: string): Promise<void> {
  const names = await readdir(logDir).catch(() => []);
  await Promise.all(expiredLogs(names).map((name) => rm(join(logDir, name), { force: true }).catch(() => undefined)));
}
