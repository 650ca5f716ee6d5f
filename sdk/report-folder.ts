import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { couldNotWrite, isSystemError, systemFailure } from "./report-file-error";
import type { ReportPlace } from "./report-place";

/**
 * The folder that a report goes into, by its real path, which has no link in it.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` where there is none, a link on the way leads out of the folder that was named,
 * or at the path itself is something that may not be replaced: all but files and links
 */
export async function realFolderOf({ path, folder }: ReportPlace): Promise<string> {
  const named = await realFolder(folder, path);
  const parent = await realFolder(dirname(path), path);
  if (!isWithin(parent, named)) {
    throw couldNotWrite(
      path,
      `a link on the way leads out of ${folder}, to ${parent}`,
      "Take the link away, or name the folder that it leads to as `folder`.",
    );
  }
  await requireReplaceable(join(parent, basename(path)), path);
  return parent;
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

async function unlessMissing<T>(path: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw systemFailure(path, error);
  }
}
