import { randomUUID } from "node:crypto";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { CrashtestError } from "../provider/errors";

/** Reports are for those who deploy, not for everybody on the machine. */
const OWNER_ONLY = 0o600;

let temporaryFolder: string | undefined;

/** A path for a report that only this run needs; all of them are removed when the process ends. */
export function temporaryReportPath(fileName: string): string {
  if (temporaryFolder === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-crashtest-"));
    temporaryFolder = folder;
    process.once("exit", () => {
      rmSync(folder, { recursive: true, force: true });
    });
  }
  return join(temporaryFolder, `${randomUUID()}-${fileName}`);
}

/**
 * Writes a file so that it is there whole or not at all: beside its place first, readable by its owner only.
 *
 * @param write fills the stream that it is handed, and tells the bytes
 * @throws CrashtestError `ARGUMENT_INVALID` where the folder is not there
 */
export async function writeAtomically(path: string, write: (file: Writable) => Promise<number>): Promise<number> {
  const folder = dirname(path);
  if (!(await isFolder(folder))) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `Could not write ${path}: there is no folder ${folder}`,
      remedy: "Make it, or name another path.",
    });
  }
  const beside = join(folder, `.${basename(path)}.${randomUUID()}`);
  try {
    const bytes = await write(createWriteStream(beside, { mode: OWNER_ONLY, flags: "wx" }));
    await rename(beside, path);
    return bytes;
  } finally {
    await rm(beside, { force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
