import type { Socket } from "node:net";
import { buildConnector } from "undici";

/**
 * Makes connections on which a `100 Continue` that nobody asked for is passed over, as RFC 9110 15.2 wants it: undici takes it
 * for a broken answer, and a create that the service carries out would count as one without an answer.
 */
export function connectorWithoutContinue(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) => {
    connect(target, (...result) => {
      const [error, socket] = result;
      if (error === null) passOverContinue(socket);
      callback(...result);
    });
  };
}

const CONTINUE = /^HTTP\/1\.[01] 100[ \r]/;
const LONGEST_STATUS = "HTTP/1.1 100 ".length;
const HEAD_END = "\r\n\r\n";

/**
 * An answer begins with what is read first after something was written: one request at a time is under way on a connection.
 */
function passOverContinue(socket: Socket): void {
  const filter = new ContinueFilter();
  const write = socket.write.bind(socket);
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.write = ((...given: Parameters<typeof write>) => {
    filter.begin();
    return write(...given);
  }) as typeof socket.write;
  socket.read = (size) => {
    for (let chunk = read(size); chunk !== null; chunk = read(size)) {
      const kept = filter.take(chunk);
      if (kept.length > 0) return kept;
    }
    return null;
  };
}

/** Takes interim answers of the status 100 out of what is read. */
export class ContinueFilter {
  #held: Buffer | undefined;

  /** An answer begins with the next chunk. */
  begin(): void {
    this.#held ??= Buffer.alloc(0);
  }

  /** What is to be read of a chunk; what may still be an interim answer is held back. */
  take(chunk: Buffer): Buffer {
    if (this.#held === undefined) return chunk;
    let rest = Buffer.concat([this.#held, chunk]);
    while (isContinue(rest)) {
      const end = rest.indexOf(HEAD_END);
      if (end < 0) return this.#hold(rest);
      rest = rest.subarray(end + HEAD_END.length);
    }
    if (isBeginning(rest)) return this.#hold(rest);
    this.#held = undefined;
    return rest;
  }

  #hold(rest: Buffer): Buffer {
    this.#held = rest;
    return Buffer.alloc(0);
  }
}

const statusOf = (bytes: Buffer): string => bytes.subarray(0, LONGEST_STATUS).toString("latin1");

const isContinue = (bytes: Buffer): boolean => CONTINUE.test(statusOf(bytes));

/** Whether too little is there to tell. */
const isBeginning = (bytes: Buffer): boolean =>
  bytes.length < LONGEST_STATUS &&
  ["HTTP/1.1 100 ", "HTTP/1.0 100 "].some((status) => status.startsWith(statusOf(bytes)));
