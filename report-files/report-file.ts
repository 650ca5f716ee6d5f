import { randomUUID } from "node:crypto";
import { type FileHandle, lstat, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Writable } from "node:stream";
import { CrashtestError } from "../errors/errors";
import { plainText } from "../errors/plain-text";

/** Where a report goes. Both paths are absolute; by its name, the file is below the folder. */
export interface ReportPlace {
  readonly path: string;
  /** What the file cannot leave. It may be a link, which is followed. */
  readonly folder: string;
}

/** Reports are for those who deploy, not for every user of the machine. */
const OWNER_ONLY = 0o600;

/**
 * Writes a file completely or not at all: to a temporary file next to it, which is flushed to the disk and then replaces the old
 * file. It has its mode from the first byte on, regardless of the umask and the old file's mode.
 *
 * - On any error, the old file is unchanged and the temporary file is removed, unless its folder was moved.
 * - A link at the path is replaced, never followed. Anything other than a file or link is refused.
 * - The file is never outside `folder`, whatever links are below it; `folder` itself may be a link. This is checked once, at the
 *   start. After that the folder's real path is used, so that replacing it by a link leads to an error.
 * - If several processes write to the same path, the last file wins, complete.
 * - A process that is killed meanwhile leaves the temporary file, named `.crashtest-` and a UUID.
 *
 * @param path absolute
 * @param write writes to the stream and returns the number of bytes
 * @param folder absolute; what the file cannot leave
 * @param mode @default readable by its owner only
 * @throws CrashtestError `ARGUMENT_INVALID` if the folder does not exist, the path leads out of it or is a folder, or the file
 * cannot be written, for instance on a full disk; and what `write` throws
 */
export async function writeAtomically(
  path: string,
  write: (file: Writable) => Promise<number>,
  folder = dirname(path),
  mode = OWNER_ONLY,
): Promise<number> {
  const realFolder = await realFolderOf({ path, folder });
  const temporary = join(realFolder, `.crashtest-${randomUUID()}`);
  try {
    // Opened first: a stream that opens the file itself might fail, or create it, after we have given up.
    const bytes = await fill(await open(temporary, "wx", mode), mode, write);
    await rename(temporary, join(realFolder, basename(path)));
    return bytes;
  } catch (error) {
    // If this fails too, the first error is more useful.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw isSystemError(error) ? systemFailure(path, error) : error;
  }
}

/** Fills and closes a file. Some disks report only on `sync` that they are full. */
async function fill(handle: FileHandle, mode: number, write: (file: Writable) => Promise<number>): Promise<number> {
  const file = handle.createWriteStream({ autoClose: false });
  // The writer gets the error too; an unhandled one would end the process.
  file.on("error", () => undefined);
  try {
    // The umask reduces the mode of `open`.
    await handle.chmod(mode);
    const bytes = await write(file);
    await handle.sync();
    return bytes;
  } finally {
    file.destroy();
    await handle.close();
  }
}

const REMEDY = "The path must be that of a file in a writable folder.";

/**
 * @param path as the program named it; it may contain anything
 * @param reason without a full stop
 */
export const couldNotWrite = (path: string, reason: string, remedy = REMEDY, cause?: unknown): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: plainText(`Could not write ${path}: ${reason}`),
    remedy,
    cause: cause instanceof Error ? cause : undefined,
  });

const FREE_SPACE = "Free some space, or use a path on another disk.";
const SHORTER = "Use a shorter name: most file systems allow up to 255 bytes.";
const RIGHTS = "Give the user that runs the program permission to write there, or use another folder.";

/** The system's error codes, in words. */
const REASONS: Readonly<Record<string, readonly [reason: string, remedy?: string]>> = {
  ENOSPC: ["the disk is full", FREE_SPACE],
  EDQUOT: ["the disk quota is exceeded", FREE_SPACE],
  EFBIG: ["the file would exceed the maximum file size"],
  EACCES: ["this process has no permission to write in its folder", RIGHTS],
  EPERM: ["this process has no permission to write in its folder", RIGHTS],
  EROFS: ["its folder is read-only", "Use a writable folder."],
  ENAMETOOLONG: ["its name is too long", SHORTER],
  ELOOP: ["it contains a link that leads back to itself"],
  ENOENT: ["its folder does not exist"],
  ENOTDIR: ["a part of its path is not a folder"],
  EISDIR: ["it is a folder"],
};

/** Whether the file system failed, and not the writer. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === "object" && error !== null && "syscall" in error && !(error instanceof CrashtestError);

/** Converts an error of the file system. */
export function systemFailure(path: string, error: NodeJS.ErrnoException): CrashtestError {
  const code = String(error.code);
  const [reason, remedy] = REASONS[code] ?? [error.message];
  return couldNotWrite(path, `${reason} (${code})`, remedy, error);
}

/**
 * Creates the missing levels of a report's folder. Each level is checked before the next one is created, so that nothing is
 * created behind a link that leads outside.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` if a folder cannot be created, or a link leads out of the named folder
 */
export async function makeFolderOf(place: ReportPlace): Promise<void> {
  for (const level of levelsOf(place)) {
    await make(level, place);
    await folderWithin(level, place);
  }
}

/** Checks the same as `makeFolderOf` and `realFolderOf`, without creating anything; missing levels are fine. */
export async function checkFolderOf(place: ReportPlace): Promise<void> {
  for (const level of levelsOf(place)) {
    if (await isMissing(level, place)) return;
    await folderWithin(level, place);
  }
  await realFolderOf(place);
}

/** Returns the named folder and those below it, down to the file's own. */
function levelsOf({ path, folder }: ReportPlace): string[] {
  const names = relative(folder, dirname(path))
    .split(sep)
    .filter((name) => name !== "");
  return [folder, ...names.map((_name, index) => join(folder, ...names.slice(0, index + 1)))];
}

const isMissing = async (level: string, { path }: ReportPlace): Promise<boolean> =>
  (await unlessMissing(path, () => stat(level))) === undefined;

/** Not `recursive`, which never ends in a folder such as /proc. `folderWithin` reports what is in the way. */
async function make(level: string, place: ReportPlace): Promise<void> {
  if (!(await isMissing(level, place))) return;
  await make(dirname(level), place);
  await unlessMissing(place.path, () => mkdir(level));
}

/**
 * Returns the real path of a report's folder.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` if it does not exist, a link leads out of the named folder, or the path itself is
 * neither a file nor a link, so that it cannot be replaced
 */
export async function realFolderOf(place: ReportPlace): Promise<string> {
  const parent = await folderWithin(dirname(place.path), place);
  // A link at the path is replaced and not followed, so its target does not matter.
  const there = await unlessMissing(place.path, () => lstat(join(parent, basename(place.path))));
  if (there === undefined || there.isFile() || there.isSymbolicLink()) return parent;
  throw couldNotWrite(place.path, there.isDirectory() ? "it is a folder" : "it is a device, a pipe or a socket");
}

async function folderWithin(at: string, { path, folder }: ReportPlace): Promise<string> {
  const named = await realFolder(folder, path);
  const found = await realFolder(at, path);
  if (isWithin(found, named)) return found;
  throw couldNotWrite(
    path,
    `a link in the path leads out of ${folder}, to ${found}`,
    "Remove the link, or set `folder` to the folder that it leads to.",
  );
}

async function realFolder(folder: string, path: string): Promise<string> {
  // With a trailing separator, the path of a file is not found.
  const found = await unlessMissing(path, () => realpath(folder + sep));
  if (found === undefined) throw couldNotWrite(path, `the folder ${folder} does not exist`);
  return found;
}

function isWithin(path: string, folder: string): boolean {
  const relativePath = relative(folder, path);
  return relativePath !== ".." && !relativePath.startsWith(`..${sep}`) && !isAbsolute(relativePath);
}

/** `EEXIST`: a dangling link or a file is in the place of a folder. */
const IS_MISSING: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EEXIST"]);

async function unlessMissing<T>(path: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code !== undefined && IS_MISSING.has(error.code)) return undefined;
    throw systemFailure(path, error);
  }
}
