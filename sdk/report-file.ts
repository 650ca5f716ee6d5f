import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { couldNotWrite, isSystemError, systemFailure } from "./report-file-error";
import { realFolderOf } from "./report-folder";

/** Reports are for those who deploy, not for everybody on the machine. */
const OWNER_ONLY = 0o600;

let temporaryFolder: string | undefined;

/**
 * A path for a report that only this run needs; all of them are removed when the process ends.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` where the system's folder for such files cannot be used
 */
export function temporaryReportPath(fileName: string): string {
  temporaryFolder ??= makeTemporaryFolder();
  return join(temporaryFolder, `${randomUUID()}-${fileName}`);
}

function makeTemporaryFolder(): string {
  const prefix = join(tmpdir(), "pulumi-crashtest-");
  try {
    const folder = mkdtempSync(prefix);
    removeAtEnd(folder);
    return folder;
  } catch (error) {
    throw isSystemError(error) ? systemFailure(`a temporary folder in ${tmpdir()}`, error) : error;
  }
}

/** Waits for the end of the process that started it, whose pipe it holds, and removes the folder. */
const REMOVER = `process.stdin.resume().on("close", () => require("node:fs").rmSync(process.argv[1], { recursive: true, force: true }))`;

/** However the process ends: after Ctrl-C the engine kills a program, which learns nothing of it, so that another one removes. */
function removeAtEnd(folder: string): void {
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const remover = spawn(process.execPath, ["-e", REMOVER, folder], {
    /** In a group of its own, which the engine does not end with the program's. */
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  /** Without it, what a killed program leaves stays. */
  remover.on("error", () => undefined);
  remover.unref();
  if (remover.stdin instanceof Socket) remover.stdin.unref();
}

/**
 * Writes a file so that it is there whole or not at all: beside its place first, on the disk before it takes the old one's
 * place. It has its mode from the first byte on, whatever the umask and the old file's mode are.
 *
 * - On any error the old file is as it was, and the file beside it is gone, unless its folder was moved away with it.
 * - A link at the path is replaced, never followed. What is neither a file nor a link is refused.
 * - The file is never outside of `folder`, whatever links there are below it; `folder` itself may be one. Both are looked at
 *   before anything is asked for and again before the file takes its place. Who may write in these folders, and exchanges
 *   them for links between that look and the next step, is not kept out.
 * - Of several who write to one path at once, the last one's file stays, whole.
 * - A process that is killed meanwhile leaves the file beside the path, named `.crashtest-` and a UUID.
 *
 * @param path absolute
 * @param write fills the stream that it is handed, and tells the bytes
 * @param folder absolute; what the file cannot leave
 * @param mode @default readable by its owner only
 * @throws CrashtestError `ARGUMENT_INVALID` where the folder is not there, the path leads out of it or is a folder, or
 * nothing can be written, as on a full disk; and whatever `write` fails with
 */
export async function writeAtomically(
  path: string,
  write: (file: Writable) => Promise<number>,
  folder = dirname(path),
  mode = OWNER_ONLY,
): Promise<number> {
  const realFolder = await realFolderOf({ path, folder });
  const beside = join(realFolder, `.crashtest-${randomUUID()}`);
  try {
    /** Open before anything is asked for: a stream that opens by itself may fail, or make its file, after we have given up. */
    const bytes = await fill(await open(beside, "wx", mode), mode, write);
    if ((await realFolderOf({ path, folder })) !== realFolder) {
      throw couldNotWrite(path, "its folder was exchanged for another one meanwhile", "Run it again.");
    }
    await rename(beside, join(realFolder, basename(path)));
    return bytes;
  } catch (error) {
    /** Where even that fails, what led here says more. */
    await rm(beside, { force: true }).catch(() => undefined);
    throw isSystemError(error) ? systemFailure(path, error) : error;
  }
}

/** Fills and closes a file; some disks say only when they are told to keep it that they are full. */
async function fill(handle: FileHandle, mode: number, write: (file: Writable) => Promise<number>): Promise<number> {
  const file = handle.createWriteStream({ autoClose: false });
  /** Who writes hears of it as well; unheard, it would end the process. */
  file.on("error", () => undefined);
  try {
    /** The mode of `open` is less what the umask takes away. */
    await handle.chmod(mode);
    const bytes = await write(file);
    await handle.sync();
    return bytes;
  } finally {
    file.destroy();
    await handle.close();
  }
}
