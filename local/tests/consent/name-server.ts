import { createSocket } from "node:dgram";
import { once } from "node:events";

const HEADER_BYTES = 12;
const TXT = 16;
const NO_SUCH_NAME = 3;

/** A name server on a free port of 127.0.0.1 that knows TXT records, and nothing else. */
export interface NameServer {
  /** As `createTxtLookup` takes it. */
  readonly address: string;
  /** The names that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

function recordOf(parts: readonly string[]): Buffer {
  const data = Buffer.concat(parts.flatMap((part) => [Buffer.from([part.length]), Buffer.from(part, "latin1")]));
  const head = Buffer.alloc(HEADER_BYTES);
  // The name is that of the question, at offset 12; class IN; a minute to live.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function answerTo(query: Buffer, records: readonly (readonly string[])[], end: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 + (records.length === 0 ? NO_SUCH_NAME : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  // The type and the class of the question are four more bytes.
  return Buffer.concat([head, query.subarray(HEADER_BYTES, end + 4), ...records.map(recordOf)]);
}

/** `records` by host name, each record in its parts. */
export async function startNameServer(records: Record<string, string[][]>): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const { name, end } = nameIn(query);
    asked.push(name);
    socket.send(answerTo(query, records[name] ?? [], end), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    ...{ address: `127.0.0.1:${socket.address().port}`, asked },
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}
