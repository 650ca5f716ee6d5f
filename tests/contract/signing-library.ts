import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDirOf } from "../../local/src/cache-dir";
import { findPython } from "../../local/src/scanners/wapiti/python";

const run = promisify(execFile);

const PACKAGE = "veracode-api-signing";
const VERSION = "26.5.0";
const INSTALL_TIMEOUT_MS = 120_000;

/** What the vendor's library is asked to sign. */
export interface ToSign {
  id: string;
  key: string;
  method: string;
  host: string;
  path: string;
  timeMs: number;
  nonce: string;
}

/** Only the library's pure functions: the others need its dependencies, and choose time and nonce themselves. */
const SCRIPT = `
import json, sys
from veracode_api_signing.formatters import format_signing_data, format_veracode_hmac_header
from veracode_api_signing.veracode_hmac_auth import DEFAULT_AUTH_SCHEME, create_signature

for one in json.loads(sys.argv[1]):
    data = format_signing_data(one["id"], one["host"], one["path"], one["method"])
    signature = create_signature(DEFAULT_AUTH_SCHEME, one["key"], data, one["timeMs"], one["nonce"])
    print(format_veracode_hmac_header(DEFAULT_AUTH_SCHEME, one["id"], one["timeMs"], one["nonce"], signature))
`;

/**
 * Signs by the vendor's own library for Python, which is installed into the cache once per machine.
 *
 * @returns the headers; or why the library cannot be installed
 */
export async function signByLibrary(requests: readonly ToSign[]): Promise<string[] | { reason: string }> {
  try {
    const python = await ensureLibrary();
    const { stdout } = await run(python, ["-I", "-c", SCRIPT, JSON.stringify(requests)]);
    return stdout.trim().split("\n");
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Returns the interpreter of the environment that has the library. */
async function ensureLibrary(): Promise<string> {
  const cacheDir = cacheDirOf(process.env);
  const venv = join(cacheDir, `${PACKAGE}-${VERSION}`);
  if (existsSync(venv)) return pythonIn(venv);
  const python = await findPython(process.env);
  if (python === undefined) throw new Error("no suitable Python on the PATH");
  const building = `${venv}.${randomUUID()}`;
  await mkdir(cacheDir, { recursive: true });
  try {
    await run(python.path, ["-m", "venv", building], { timeout: INSTALL_TIMEOUT_MS });
    const pip = ["-m", "pip", "install", "--no-deps", "--no-input", "--disable-pip-version-check"];
    await run(pythonIn(building), [...pip, `${PACKAGE}==${VERSION}`], { timeout: INSTALL_TIMEOUT_MS });
    // Another test run may have been faster.
    await rename(building, venv).catch(() => undefined);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return pythonIn(venv);
}

const pythonIn = (venv: string): string => join(venv, "bin", "python");
