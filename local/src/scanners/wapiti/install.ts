import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonOf } from "./arguments";
import { ScannerUnavailableError } from "./errors";
import { withLock, type LockOptions } from "./install-lock";
import { startGroup } from "./process-group";
import { findPython, WAPITI_VERSIONS, type FitPython } from "./python";

export interface InstallOptions {
  /** The root of the cache; the environment is in `wapiti-<version>` below it. */
  cacheDir: string;
  log: (line: string) => void;
  /** The environment of the interpreter and pip; `PATH` is searched for an interpreter. Default: this process's own. */
  environment?: NodeJS.ProcessEnv;
  /** Aborts the installation. */
  signal?: AbortSignal;
}

export interface Installation {
  venv: string;
  version: string;
}

const INSTALL_LIMIT_MS = 15 * 60_000;
const STILL_INSTALLING_MS = 15_000;
const CHECK_TIMEOUT_MS = 20_000;
const VERSION_PROBE = "import importlib.metadata as m;print(m.version('wapiti3'))";
const ESTIMATE = "about 200 MB, half a minute to two minutes, once per machine";
const OUTPUT_LINES_KEPT = 20;
const PIP_OPTIONS = ["--disable-pip-version-check", "--no-input", "--retries", "2"];

const NO_PYTHON =
  "No suitable Python for the real scanner (Wapiti) was found on the PATH. " +
  "Install Python 3.10, 3.11, 3.12 or 3.13 with its venv module (on Debian and Ubuntu: python3 and python3-venv), then try again.";

/** Returns whether a folder has a working environment: its interpreter still exists and has this release. */
export async function isInstalled(venv: string, version: string): Promise<boolean> {
  const probe = await promisify(execFile)(pythonOf(venv), ["-I", "-c", VERSION_PROBE], {
    timeout: CHECK_TIMEOUT_MS,
  }).catch(() => ({ stdout: "" }));
  return probe.stdout.trim() === version;
}

/** Returns the caller's environment without variables that would point an interpreter to other modules than its own. */
export function installEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^(PYTHON|VIRTUAL_ENV|PIP_TARGET|PIP_PREFIX|PIP_USER)/.test(name),
  );
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Returns the most informative line of an installer's output, without credentials of an index. */
export function tellingLine(lines: readonly string[]): string {
  const said = lines.filter((line) => line.trim() !== "");
  const line = said.filter((text) => /error/i.test(text)).at(-1) ?? said.at(-1) ?? "no output";
  return line.trim().replace(/\/\/[^/@\s]+@/g, "//***@");
}

async function runStep(what: string, command: string[], folder: string, options: InstallOptions): Promise<void> {
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > OUTPUT_LINES_KEPT) lines.shift();
  };
  const env = installEnvironment(options.environment ?? process.env);
  const group = await startGroup({ command, python: command[0] ?? "", env, cwd: folder, onLine: keep });
  const started = Date.now();
  const stop = (): void => void group.stop();
  const still = setInterval(() => {
    options.log(`still running: ${what} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, STILL_INSTALLING_MS);
  const limit = setTimeout(stop, INSTALL_LIMIT_MS);
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted === true) stop();
  const { code } = await group.ended;
  clearInterval(still);
  clearTimeout(limit);
  options.signal?.removeEventListener("abort", stop);
  if (code === 0) return;
  const reason =
    options.signal?.aborted === true ? "it was stopped" : tellingLine([...lines, ...group.lastErrors().split("\n")]);
  throw new ScannerUnavailableError(
    `Installing the real scanner (Wapiti) failed at the step "${what}": ${reason}. Check that pip reaches a package index ` +
      "(its own settings and HTTPS_PROXY are used) and that Python has its venv module, then try again.",
  );
}

async function build(python: FitPython, building: string, venv: string, options: InstallOptions): Promise<void> {
  const { wapitiVersion: version } = python;
  await mkdir(building, { recursive: true });
  try {
    await runStep("make a virtual environment", [python.path, "-m", "venv", building], options.cacheDir, options);
    const pip = [pythonOf(building), "-m", "pip", "install", ...PIP_OPTIONS, `wapiti3==${version}`];
    await runStep(`install wapiti3 ${version} with pip`, pip, options.cacheDir, options);
    const check = [pythonOf(building), "-I", join(building, "bin", "wapiti"), "--version"];
    await runStep("start it once", check, options.cacheDir, options);
    // Only complete environments ever get the final name: a killed installation leaves none.
    await rm(venv, { recursive: true, force: true });
    await rename(building, venv);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function removeLeftOvers(cacheDir: string, prefix: string): Promise<void> {
  const names = await readdir(cacheDir);
  for (const name of names.filter((entry) => entry.startsWith(prefix))) {
    await rm(join(cacheDir, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

function lockOf(venv: string, version: string, { log, signal }: InstallOptions): LockOptions {
  const limit = Date.now() + INSTALL_LIMIT_MS;
  return {
    lockPath: `${venv}.lock`,
    onWait: () => {
      log(`another process is already installing Wapiti ${version}: waiting for it`);
    },
    checkWait: () => {
      if (signal?.aborted !== true && Date.now() < limit) return;
      throw new ScannerUnavailableError(
        "Waited for another process to install Wapiti, but it did not finish. End that process, then try again.",
      );
    },
  };
}

async function install(python: FitPython, options: InstallOptions): Promise<Installation> {
  const { cacheDir, log } = options;
  const version = python.wapitiVersion;
  const venv = join(cacheDir, `wapiti-${version}`);
  await mkdir(cacheDir, { recursive: true });
  return withLock(lockOf(venv, version, options), async () => {
    if (await isInstalled(venv, version)) return { venv, version };
    const buildingPrefix = `wapiti-${version}.building-`;
    await removeLeftOvers(cacheDir, buildingPrefix);
    log(`installing Wapiti ${version} with ${python.path} into ${venv}: ${ESTIMATE}`);
    const started = Date.now();
    await build(python, join(cacheDir, `${buildingPrefix}${randomUUID()}`), venv, options);
    log(`Wapiti ${version} is installed (${Math.round((Date.now() - started) / 1000)} s)`);
    return { venv, version };
  });
}

/**
 * Returns the real scanner's environment, and creates it first if it is missing or broken. Concurrent calls do not
 * break each other; leftovers of a killed one are removed by the next.
 *
 * @throws ScannerUnavailableError if no Python is suitable, the packages cannot be installed, or the cache is not writable.
 */
export async function ensureInstalled(options: InstallOptions): Promise<Installation> {
  for (const version of WAPITI_VERSIONS) {
    const venv = join(options.cacheDir, `wapiti-${version}`);
    if (await isInstalled(venv, version)) return { venv, version };
  }
  const python = await findPython(options.environment ?? process.env);
  if (python === undefined) throw new ScannerUnavailableError(NO_PYTHON);
  try {
    return await install(python, options);
  } catch (error) {
    if (error instanceof ScannerUnavailableError) throw error;
    throw new ScannerUnavailableError(
      `Installing the real scanner (Wapiti) into ${options.cacheDir} failed: ${error instanceof Error ? error.message : String(error)}. ` +
        "Set CRASHTEST_CACHE_DIR to a writable folder, then try again.",
      { cause: error },
    );
  }
}
