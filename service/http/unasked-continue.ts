import type { Socket } from "node:net";
import { buildConnector } from "undici";

/**
 * Makes connections that ignore an unrequested `100 Continue`, as RFC 9110 15.2 requires: undici takes it for an invalid
 * answer, so that a create that the service carries out would seem to have no answer.
 */
export function connectorWithoutContinue(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) => {
    connect(target, (...result) => {
      const [error, socket] = result;
      if (error === null) ignoreContinue(socket);
      callback(...result);
    });
  };
}

const CONTINUE = /^HTTP\/1\.[01] 100[ \r]/;
const LONGEST_STATUS = "HTTP/1.1 100 ".length;
const HEAD_END = "\r\n\r\n";

/** An answer begins with the first read after a write, since a connection carries one request at a time. */
function ignoreContinue(socket: Socket): void {
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

/** Removes interim answers of status 100 from the bytes of a connection. */
export class ContinueFilter {
  #held: Buffer | undefined;

  /** An answer begins with the next chunk. */
  begin(): void {
    this.#held ??= Buffer.alloc(0);
  }

  /** Returns the part of a chunk to pass on; a possible interim answer is held back. */
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

/** Whether more bytes are needed to decide. */
const isBeginning = (bytes: Buffer): boolean =>
  bytes.length < LONGEST_STATUS &&
  ["HTTP/1.1 100 ", "HTTP/1.0 100 "].some((status) => status.startsWith(statusOf(bytes)));
