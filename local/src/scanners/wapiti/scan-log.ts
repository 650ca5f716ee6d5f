import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

/** What is kept of a scan's output, at most. */
export const MAX_LOG_BYTES = 16_777_216;

/** A header that holds a secret, by itself or inside what a failing program prints of its variables. */
const SECRET_HEADER = /(?:^\s*|["'])(?:cookie|set-cookie|authorization|proxy-authorization)(?:\s*:|["'])/i;

/** The log of one scan: the scanner's output, and what is said of it. */
export interface ScanLog {
  /** Takes a line; headers that hold a secret are left out, and so is what is beyond the log's bound. */
  line(text: string): void;
  /** Takes a line of our own, which is always written. */
  note(text: string): void;
  /** Resolves when all is written. */
  close(): Promise<void>;
}

/** A log that is kept nowhere. */
const NO_LOG: ScanLog = { line: () => undefined, note: () => undefined, close: () => Promise.resolve() };

function close(file: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    // Without waiting for an end that a file which broke never reaches.
    if (file.errored !== null || file.closed) resolve();
    else {
      file.once("error", () => {
        resolve();
      });
      file.end(resolve);
    }
  });
}

export interface ScanLogOptions {
  /** Where logs are kept, or undefined where they are not. */
  logDir: string | undefined;
  scanId: number;
  /** Told once where the log cannot be kept. */
  onProblem: (message: string) => void;
  /** Default 16 MiB. */
  maxBytes?: number;
}

/** Opens the log of a scan as `scan-<id>.log`, readable by nobody else; what an earlier scan left there is replaced. */
export async function openScanLog({ logDir, scanId, onProblem, maxBytes }: ScanLogOptions): Promise<ScanLog> {
  if (logDir === undefined) return NO_LOG;
  const bound = maxBytes ?? MAX_LOG_BYTES;
  try {
    await mkdir(logDir, { recursive: true });
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
    return NO_LOG;
  }
  const file = createWriteStream(join(logDir, `scan-${scanId}.log`), { mode: 0o600 });
  file.once("error", ({ message }) => {
    onProblem(message);
  });
  let bytes = 0;
  let isCut = false;
  const note = (text: string): void => {
    if (file.writable) file.write(`${text}\n`);
  };
  return {
    note,
    line: (text) => {
      if (isCut || SECRET_HEADER.test(text)) return;
      bytes += Buffer.byteLength(text) + 1;
      isCut = bytes > bound;
      note(isCut ? `[the log is cut here: the scanner printed more than ${bound} bytes]` : text);
    },
    close: () => close(file),
  };
}
