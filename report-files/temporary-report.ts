import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSystemError, systemFailure } from "./report-file";

let temporaryFolder: string | undefined;

/**
 * Returns a path for a report that only this run needs; it is removed when the process ends.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` if the system's temporary folder cannot be used
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

/** Removes the folder when its pipe to the parent process closes. */
const REMOVER = `process.stdin.resume().on("close", () => require("node:fs").rmSync(process.argv[1], { recursive: true, force: true }))`;

/** Needs another process: after Ctrl-C the engine kills a program, which cannot react to it. */
function removeAtEnd(folder: string): void {
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const remover = spawn(process.execPath, ["-e", REMOVER, folder], {
    // In a process group of its own, which the engine does not kill with the program's.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  // Without it, only what a killed program leaves remains.
  remover.on("error", () => undefined);
  remover.unref();
  if (remover.stdin instanceof Socket) remover.stdin.unref();
}
