import { lstat, mkdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { couldNotWrite, isSystemError, systemFailure } from "./report-file-error";
import type { ReportPlace } from "./report-place";

/**
 * Makes what is missing of a report's folder, level by level: each is looked at before anything is made below it, so that
 * nothing is made behind a link that leads outside.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` where a folder cannot be made, or a link leads out of the folder that was named
 */
export async function makeFolderOf(place: ReportPlace): Promise<void> {
  for (const level of levelsOf(place)) {
    await make(level, place);
    await folderWithin(level, place);
  }
}

/** As `makeFolderOf` and `realFolderOf` together, where nothing is to be made: what is missing is fine. */
export async function checkFolderOf(place: ReportPlace): Promise<void> {
  for (const level of levelsOf(place)) {
    if (await isMissing(level, place)) return;
    await folderWithin(level, place);
  }
  await realFolderOf(place);
}

/** The named folder and those below it, down to the one that the file is in. */
function levelsOf({ path, folder }: ReportPlace): string[] {
  const names = relative(folder, dirname(path))
    .split(sep)
    .filter((name) => name !== "");
  return [folder, ...names.map((_name, index) => join(folder, ...names.slice(0, index + 1)))];
}

const isMissing = async (level: string, { path }: ReportPlace): Promise<boolean> =>
  (await unlessMissing(path, () => stat(level))) === undefined;

/** Not `recursive`, which never ends in a folder that takes none, such as /proc. What is in the way `folderWithin` tells better. */
async function make(level: string, place: ReportPlace): Promise<void> {
  if (!(await isMissing(level, place))) return;
  await make(dirname(level), place);
  await unlessMissing(place.path, () => mkdir(level));
}

/**
 * The folder that a report goes into, by its real path, which has no link in it.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` where there is none, a link on the way leads out of the folder that was named,
 * or at the path itself is something that may not be replaced: all but files and links
 */
export async function realFolderOf(place: ReportPlace): Promise<string> {
  const parent = await folderWithin(dirname(place.path), place);
  await requireReplaceable(join(parent, basename(place.path)), place.path);
  return parent;
}

async function folderWithin(at: string, { path, folder }: ReportPlace): Promise<string> {
  const named = await realFolder(folder, path);
  const found = await realFolder(at, path);
  if (isWithin(found, named)) return found;
  throw couldNotWrite(
    path,
    `a link on the way leads out of ${folder}, to ${found}`,
    "Take the link away, or name the folder that it leads to as `folder`.",
  );
}

async function realFolder(folder: string, path: string): Promise<string> {
  const found = await unlessMissing(path, async () => {
    const real = await realpath(folder);
    return (await stat(real)).isDirectory() ? real : undefined;
  });
  if (found === undefined) throw couldNotWrite(path, `there is no folder ${folder}`);
  return found;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A link would be replaced and not followed, so that where it leads does not matter. */
async function requireReplaceable(target: string, path: string): Promise<void> {
  const stats = await unlessMissing(path, () => lstat(target));
  if (stats === undefined || stats.isFile() || stats.isSymbolicLink()) return;
  throw couldNotWrite(path, stats.isDirectory() ? "it is a folder" : "there is a device, a pipe or a socket");
}

/** `EEXIST`: a link to nowhere, or a file, is in the place of a folder that was to be made. */
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
