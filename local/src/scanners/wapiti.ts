import type { Scanner } from "./scanner";
import { parseAllowedTarget } from "./wapiti/allowed-target";
import { ensureInstalled } from "./wapiti/install";
import { checkModules, passiveModulesOf, runModulesOf } from "./wapiti/modules";
import { startRun } from "./wapiti/run";
import { refuseTarget } from "./wapiti/target";
import { removeAbandonedWorkFolders } from "./wapiti/work-folder";

export { parseAllowedTarget, type AllowedTarget } from "./wapiti/allowed-target";
export { ScannerUnavailableError } from "./wapiti/errors";

/** The settings of the real scanner. */
export interface WapitiOptions {
  /** The root of the cache, an absolute path. The scanner's environment is in `wapiti-<version>` below it. */
  cacheDir: string;
  /** Receives the progress of the installation, line by line. Default: nobody. */
  log?: (line: string) => void;
  /** The environment of the installation, mainly `PATH` with a Python. Default: this process's environment. Scans see none of it. */
  environment?: NodeJS.ProcessEnv;
  /** Aborts a running installation. */
  signal?: AbortSignal;
  /** Hosts that may be scanned in addition to this machine: `host`, `host:port` or `[::1]:port`, in lower case. Default: none. */
  allowedTargets?: readonly string[];
  /** How long one scan may take, in seconds. Default 1,800. */
  scanLimitSeconds?: number;
  /** How long the crawl of a scan may take, and each of its modules, in seconds. Default: a sixth of `scanLimitSeconds`. */
  moduleLimitSeconds?: number;
  /** How much memory a scan may use, in bytes of address space. Default 1 GiB. Enforced on Linux only. */
  memoryLimitBytes?: number;
  /** A folder in which the output of each scan is kept as `scan-<id>.log`, at most 16 MiB each. Default: not kept. */
  logDir?: string;
  /** The scanner modules that a run uses. Default: those that test web applications without leaving the target. */
  modules?: readonly string[];
  /** The clock, for the dates of findings. */
  now?: () => Date;
}

const DEFAULT_SCAN_LIMIT_SECONDS = 1800;
/** Lets a site on which several modules run out of time still get a report within the scan's time limit. */
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
 * Creates the real scanner, Wapiti, and installs it first if this machine does not have it yet. It scans targets on this
 * machine, and those that the operator allows.
 *
 * @throws ScannerUnavailableError (`WAPITI_UNAVAILABLE`) if there is no suitable Python or no package index can be reached; the
 * message says what to install.
 * @throws RangeError if an allowed target or a module is invalid; the message says what is wrong with it.
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
