import type { Scanner } from "./scanner";
import { ensureInstalled } from "./wapiti/install";
import { passiveModulesOf, RUN_MODULES } from "./wapiti/modules";
import { startRun } from "./wapiti/run";
import { refuseTarget } from "./wapiti/target";
import { removeAbandonedWorkFolders } from "./wapiti/work-folder";

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
  /** How long one scan may take, in seconds. Default 1,800. */
  scanLimitSeconds?: number;
  /** A folder in which the output of each scan is kept as `scan-<id>.log`. Default: it is not kept. */
  logDir?: string;
  /** Modules of the scanner that a run takes. Default: those that test web programs without leaving the machine. */
  modules?: readonly string[];
  /** The clock, for the dates of findings. */
  now?: () => Date;
}

const DEFAULT_SCAN_LIMIT_SECONDS = 1800;

/**
 * Gives the real scanner, Wapiti, and installs it first where this machine has it not yet. It scans targets on this
 * machine only.
 *
 * @throws ScannerUnavailableError (`WAPITI_UNAVAILABLE`) where no Python fits or no package index can be reached; the
 * message says what to install.
 */
export async function createWapitiScanner(options: WapitiOptions): Promise<Scanner> {
  const { cacheDir, log = () => undefined, environment, signal } = options;
  const installation = await ensureInstalled({
    ...{ cacheDir, log },
    ...(environment === undefined ? {} : { environment }),
    ...(signal === undefined ? {} : { signal }),
  });
  await removeAbandonedWorkFolders(cacheDir);
  const modules = options.modules ?? RUN_MODULES;
  const settings = {
    ...{ cacheDir, venv: installation.venv, logDir: options.logDir },
    ...{ modules, passiveModules: passiveModulesOf(installation.version, modules) },
    limitSeconds: options.scanLimitSeconds ?? DEFAULT_SCAN_LIMIT_SECONDS,
    now: options.now ?? (() => new Date()),
  };
  return {
    name: "wapiti",
    refuse: refuseTarget,
    start: (request, onProgress) => startRun(settings, request, onProgress),
  };
}
