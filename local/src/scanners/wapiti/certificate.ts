import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonOf } from "./arguments";

/** A key and its certificate, both in one PEM text. */
export type Certificate = string;

const LIMIT_MS = 30_000;

/**
 * Makes a certificate for one run, with a library of the scanner's environment: Node has none that writes certificates.
 *
 * @throws Error if the environment cannot make one.
 */
export async function makeCertificate(venv: string): Promise<Certificate> {
  const script = join(__dirname, "certificate.py");
  const { stdout } = await promisify(execFile)(pythonOf(venv), ["-I", script], { env: {}, timeout: LIMIT_MS });
  return stdout;
}
