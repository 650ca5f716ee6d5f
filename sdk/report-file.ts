import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
 * @throws CrashtestError `ARGUMENT_INVALID` where the folder is not there, or nothing can be written in it or at the path
 */
export async function writeAtomically(path: string, write: (file: Writable) => Promise<number>): Promise<number> {
  await requireFolderOf(path);
  const beside = join(dirname(path), `.crashtest-${randomUUID()}`);
  /** Open before anything is asked for: a stream that opens by itself may fail, or make its file, after we have given up. */
  const handle = await open(beside, "wx", OWNER_ONLY).catch(rethrowFor(path));
  const file = handle.createWriteStream();
  try {
    const bytes = await write(file);
    await rename(beside, path).catch(rethrowFor(path));
    return bytes;
  } finally {
    file.destroy();
    await rm(beside, { force: true });
  }
}

const rethrowFor =
  (path: string) =>
  (error: unknown): never => {
    throw couldNotWrite(path, error instanceof Error ? error.message : String(error), error);
  };

const couldNotWrite = (path: string, reason: string, cause?: unknown): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: `Could not write ${path}: ${reason}`,
    remedy: "The path has to be that of a file, in a folder that is there and can be written in.",
    ...(cause instanceof Error && { cause }),
  });

/** @throws CrashtestError `ARGUMENT_INVALID` where the folder of a path is not there */
export async function requireFolderOf(path: string): Promise<void> {
  const folder = dirname(path);
  if (!(await isFolder(folder))) throw couldNotWrite(path, `there is no folder ${folder}`);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
