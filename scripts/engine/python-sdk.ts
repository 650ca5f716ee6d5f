import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { findPython } from "../../local/src/scanners/wapiti/python";
import { runCommand } from "../process/run-command";
import { cacheRoot, ENGINE_MODULES_DIR, pythonSdkFolder } from "./cache";
import { withCacheLock } from "./cache-lock";
import { EngineStepError } from "./engine-error";
import { makeInCache } from "./set-up";

const REQUIREMENTS = join(ENGINE_MODULES_DIR, "python-sdk/requirements.txt");
const INSTALL_TIMEOUT_MS = 600_000;

/** A virtual environment that has Pulumi's SDK for Python; or why there is none. */
export type PythonSdk = { venv: string } | { reason: string };

export interface PythonSdkOptions {
  /** Its PATH leads to Python. Default: this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Receives lines of progress. Default: standard error. */
  say?: (line: string) => void;
}

/**
 * Finds Pulumi's SDK for Python in the cache, or installs it there from the package index, which takes about half a minute, once
 * per machine. A machine that cannot install it can run everything but programs in Python, so that is no error.
 */
export async function ensurePythonSdk(options: PythonSdkOptions = {}): Promise<PythonSdk> {
  const { env = process.env, say = (line) => process.stderr.write(`${line}\n`) } = options;
  const cacheDir = cacheRoot(env);
  const folder = pythonSdkFolder(readFileSync(REQUIREMENTS, "utf8"));
  const venv = join(cacheDir, folder);
  if (existsSync(venv)) return { venv };

  return withCacheLock(cacheDir, say, async () => {
    if (existsSync(venv)) return { venv };
    try {
      say("Installing Pulumi's SDK for Python (about half a minute, once per machine) ...");
      await makeInCache(cacheDir, folder, (root) => install(root, env));
      return { venv };
    } catch (error) {
      if (!(error instanceof EngineStepError)) throw error;
      return { reason: error.message };
    }
  });
}

/** The environment is renamed afterwards, so only its interpreter can be used, not the scripts beside it. */
async function install(root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const python = await findPython(env);
  if (python === undefined) throw new EngineStepError("there is no Python 3.10 to 3.13 with venv on the PATH");
  await step(python.path, ["-m", "venv", root], env);
  const pip = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--quiet"];
  await step(join(root, "bin/python"), [...pip, "--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS], env);
}

async function step(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { exitCode, stderr, failure } = await runCommand(command, args, { env, timeoutMs: INSTALL_TIMEOUT_MS });
  const what = args.slice(0, 3).join(" ");
  if (failure === "timeout") throw new EngineStepError(`"python ${what}" did not finish within 10 minutes`);
  if (exitCode !== 0) throw new EngineStepError(`"python ${what}" failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
}
