import { Readable, Writable } from "node:stream";
import { run } from "../../../cli/run";

export const NOW = new Date("2026-06-15T12:00:00.000Z");

/** A stream that keeps what it gets. */
class Kept extends Writable {
  text = "";
  isTTY = false;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}

export interface RunOptions {
  environment?: Record<string, string>;
  stdin?: string;
  isTerminal?: boolean;
}

/** Runs the command in this process, at `NOW`. */
export async function runCommand(
  args: readonly string[],
  { environment = {}, stdin = "", isTerminal = false }: RunOptions = {},
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new Kept(), new Kept()];
  stdout.isTTY = isTerminal;
  const exitCode = await run(args, { environment, stdin: Readable.from([stdin]), stdout, stderr, now: () => NOW });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
