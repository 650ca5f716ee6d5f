import type { Readable, Writable } from "node:stream";
import { isNativeError } from "node:util/types";

/** What a command works with of the process that it runs in. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly now: () => Date;
}

/** 3: the scan has not ended yet, so that it is worth to ask again. */
export const EXIT_CODES = { done: 0, failed: 1, notTried: 2, notEnded: 3 } as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** A sub-command. @param args what follows its name on the command line */
export type Command = (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;

/** A command line that cannot be followed; nothing was asked and nothing was written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was asked for, which a pipe gets. */
export function printData({ stdout }: Pick<Surroundings, "stdout">, text: string): void {
  stdout.write(`${text}\n`);
}

/** What was done, for people: a pipe does not get it. */
export function tell({ stderr }: Pick<Surroundings, "stderr">, text: string): void {
  stderr.write(`${text}\n`);
}

export const messageOf = (error: unknown): string => (isNativeError(error) ? error.message : String(error));
