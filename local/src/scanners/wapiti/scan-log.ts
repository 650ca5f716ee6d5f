import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Redactor } from "./login/redaction";

/** The maximum size of a scan's log. */
export const MAX_LOG_BYTES = 16_777_216;

/** A header that contains a secret, on its own or in the variables that a failing program prints. */
const SECRET_HEADER = /(?:^\s*|["'])(?:cookie|set-cookie|authorization|proxy-authorization)(?:\s*:|["'])/i;

/** The log of one scan: the scanner's output, and our notes on it. */
export interface ScanLog {
  /** Writes a line of output; headers with a secret, and anything beyond the log's limit, are omitted. */
  line(text: string): void;
  /** Writes a line of our own, in any case. */
  note(text: string): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** A log that is not kept. */
const NO_LOG: ScanLog = { line: () => undefined, note: () => undefined, close: () => Promise.resolve() };

/** Returns a log to which only texts without secrets get. */
export function redactedLog(log: ScanLog, redactor: Pick<Redactor, "text">): ScanLog {
  return {
    line: (text) => {
      log.line(redactor.text(text));
    },
    note: (text) => {
      log.note(redactor.text(text));
    },
    close: () => log.close(),
  };
}

function close(file: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    // A file with an error never finishes: do not wait for it.
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
  /** The folder for logs, or undefined if they are not kept. */
  logDir: string | undefined;
  scanId: number;
  /** Called once if the log cannot be written. */
  onProblem: (message: string) => void;
  /** Default 16 MiB. */
  maxBytes?: number;
}

/** Opens the log of a scan as `scan-<id>.log`, readable by nobody else; it replaces that of an earlier scan. */
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
      note(isCut ? `[the log is truncated here: the scanner printed more than ${bound} bytes]` : text);
    },
    close: () => close(file),
  };
}
