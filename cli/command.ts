import type { Readable, Writable } from "node:stream";
import { isNativeError } from "node:util/types";

/** The parts of the process that a command uses. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly now: () => Date;
}

/** 3: the scan has not ended yet; try again. */
export const EXIT_CODES = { done: 0, failed: 1, notTried: 2, notEnded: 3 } as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** A sub-command. @param args what follows its name on the command line */
export type Command = (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;

/** An invalid command line; nothing was requested or written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Prints the result, to the standard output. */
export function printData({ stdout }: Pick<Surroundings, "stdout">, text: string): void {
  stdout.write(`${text}\n`);
}

/** Prints what was done, to the standard error, so that a pipe does not get it. */
export function tell({ stderr }: Pick<Surroundings, "stderr">, text: string): void {
  stderr.write(`${text}\n`);
}

export const messageOf = (error: unknown): string => (isNativeError(error) ? error.message : String(error));
