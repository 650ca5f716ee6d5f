import { plainText } from "../findings/plain-text";
import { CrashtestError } from "../provider/errors";

const REMEDY = "The path must be that of a file, in a folder that can be written in.";

/**
 * @param path what could not be written, as the program named it; it may hold anything
 * @param reason why, without a full stop
 */
export const couldNotWrite = (path: string, reason: string, remedy = REMEDY, cause?: unknown): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: plainText(`Could not write ${path}: ${reason}`),
    remedy,
    ...(cause instanceof Error && { cause }),
  });

const DISK_FULL = ["the disk is full", "Free some space on it, or name a path on another one."] as const;
const SHORTER = "Give a shorter name: most file systems take up to 255 bytes.";
const RIGHTS = "Give the user that runs the program the right to write there, or name another folder.";

/** What the system's codes mean here. */
const REASONS: Readonly<Record<string, readonly [reason: string, remedy?: string]>> = {
  ENOSPC: DISK_FULL,
  EDQUOT: ["the user's share of the disk is used up", DISK_FULL[1]],
  EFBIG: ["the file would be larger than files may be here"],
  EACCES: ["this process may not write in its folder", RIGHTS],
  EPERM: ["this process may not write in its folder", RIGHTS],
  EROFS: ["its folder can only be read", "Name a folder that can be written in."],
  ENAMETOOLONG: ["its name is too long", SHORTER],
  ELOOP: ["it has a link that leads back to itself"],
  ENOENT: ["its folder is not there"],
  ENOTDIR: ["its folder is none"],
  EISDIR: ["it is a folder"],
};

/** Whether it is the file system that failed, and not who was to write. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === "object" && error !== null && "syscall" in error && !(error instanceof CrashtestError);

/** An error of the file system, by its meaning. */
export function systemFailure(path: string, error: NodeJS.ErrnoException): CrashtestError {
  const code = String(error.code);
  const [reason, remedy] = REASONS[code] ?? [error.message];
  return couldNotWrite(path, `${reason} (${code})`, remedy, error);
}
