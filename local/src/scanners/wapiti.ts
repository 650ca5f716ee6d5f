import type { Scanner } from "./scanner";
import { parseAllowedTarget } from "./wapiti/allowed-target";
import { ensureInstalled } from "./wapiti/install";
import { checkModules, passiveModulesOf, runModulesOf } from "./wapiti/modules";
import { startRun } from "./wapiti/run";
import { refuseTarget } from "./wapiti/target";
import { removeAbandonedWorkFolders } from "./wapiti/work-folder";

export { parseAllowedTarget, type AllowedTarget } from "./wapiti/allowed-target";
export { ScannerUnavailableError } from "./wapiti/errors";

/** How the real scanner is set up. */
export interface WapitiOptions {
  /** The root of the cache, an absolute path. The scanner's environment lies in `wapiti-<version>` below it. */
  cacheDir: string;
  /** Told line by line how the installation goes. Default: nobody. */
  log?: (line: string) => void;
  /** What the installation sees, `PATH` with a Python above all. Default: this process's environment. Scans see none of it. */
  environment?: NodeJS.ProcessEnv;
  /** Ends an installation under way. */
  signal?: AbortSignal;
  /** Hosts that are scanned beside this machine: `host`, `host:port` or `[::1]:port`, in lower case. Default: none. */
  allowedTargets?: readonly string[];
  /** How long one scan may take, in seconds. Default 1,800. */
  scanLimitSeconds?: number;
  /** How long the crawl of a scan may take, and each of its modules, in seconds. Default: a sixth of `scanLimitSeconds`. */
  moduleLimitSeconds?: number;
  /** How much memory one scan may have, in bytes of address space. Default 1 GiB. It holds on Linux only. */
  memoryLimitBytes?: number;
  /** A folder in which the output of each scan is kept as `scan-<id>.log`, at most 16 MiB of each. Default: it is not kept. */
  logDir?: string;
  /** Modules of the scanner that a run takes. Default: those that test web programs without leaving the target. */
  modules?: readonly string[];
  /** The clock, for the dates of findings. */
  now?: () => Date;
}

const DEFAULT_SCAN_LIMIT_SECONDS = 1800;
/** So that a site on which several modules run out of time still comes to a report within the limit of the scan. */
const MODULES_PER_SCAN_LIMIT = 6;
const DEFAULT_MEMORY_LIMIT_BYTES = 1_073_741_824;

function limitsOf({ scanLimitSeconds, moduleLimitSeconds, memoryLimitBytes }: WapitiOptions) {
  const limitSeconds = scanLimitSeconds ?? DEFAULT_SCAN_LIMIT_SECONDS;
  return {
    limitSeconds,
    moduleLimitSeconds: moduleLimitSeconds ?? Math.max(1, Math.floor(limitSeconds / MODULES_PER_SCAN_LIMIT)),
    memoryLimitBytes: memoryLimitBytes ?? DEFAULT_MEMORY_LIMIT_BYTES,
  };
}

/**
 * Gives the real scanner, Wapiti, and installs it first where this machine has it not yet. It scans targets on this
 * machine, and those that the operator allows.
 *
 * @throws ScannerUnavailableError (`WAPITI_UNAVAILABLE`) where no Python fits or no package index can be reached; the
 * message says what to install.
 * @throws RangeError where an allowed target or a module is none; the message says what is wrong with it.
 */
export async function createWapitiScanner(options: WapitiOptions): Promise<Scanner> {
  const { cacheDir, log = () => undefined, environment, signal } = options;
  const allowedTargets = (options.allowedTargets ?? []).map(parseAllowedTarget);
  if (options.modules !== undefined) checkModules(options.modules);
  const { venv, version } = await ensureInstalled({
    ...{ cacheDir, log },
    ...(environment === undefined ? {} : { environment }),
    ...(signal === undefined ? {} : { signal }),
  });
  await removeAbandonedWorkFolders(cacheDir);
  const modules = options.modules ?? runModulesOf(version);
  const settings = {
    ...{ cacheDir, venv, allowedTargets, logDir: options.logDir },
    ...{ modules, passiveModules: passiveModulesOf(version, modules) },
    ...limitsOf(options),
    now: options.now ?? (() => new Date()),
  };
  return {
    name: "wapiti",
    refuse: (target) => refuseTarget(target, allowedTargets),
    start: (request, onProgress) => startRun(settings, request, onProgress),
  };
}
