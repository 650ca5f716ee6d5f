import type { Readable, Writable } from "node:stream";

/** What a command works with of the process that it runs in. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly now: () => Date;
}

/** A sub-command. @param args what follows its name on the command line */
export type Command = (args: readonly string[], surroundings: Surroundings) => Promise<void>;

/** A command line that cannot be followed; nothing was asked and nothing was written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function printLine({ stdout }: Pick<Surroundings, "stdout">, text: string): void {
  stdout.write(`${text}\n`);
}
