import { Writable } from "node:stream";

/** Keeps what is written, to look at it; or forgets it, to count only. */
export class Sink extends Writable {
  bytes = 0;
  private readonly chunks: Buffer[] = [];

  constructor(
    private readonly keeps = true,
    private readonly onBytes: (bytes: number) => void = () => undefined,
  ) {
    super();
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytes += chunk.length;
    if (this.keeps) this.chunks.push(chunk);
    this.onBytes(this.bytes);
    setImmediate(done);
  }
}
