import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { createDispatcher, type HttpOptions } from "./dispatcher";
import { unexpectedAnswer, type Attempt } from "./errors";
import { failureOfTransport } from "./transport-failure";
import { limitBody, untilAborted } from "./time-limit";

/** The limit for all answers except reports. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** A request, complete with its key. */
export interface HttpRequest {
  attempt: Attempt;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  /** Bytes are sent as they are, anything else as JSON. */
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** An answer whose body has not been read. */
export interface Received {
  attempt: Attempt;
  status: number;
  contentType: string;
  header: (name: string) => string | undefined;
  body: Readable;
}

/** Sends the requests to one service. */
export class Http {
  readonly #dispatcher: Dispatcher;
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#dispatcher = createDispatcher(options);
  }

  /** Sends a request and leaves the body of its answer to the caller, who must read or destroy it. */
  async send({ attempt, path, headers, body, signal }: HttpRequest): Promise<Received> {
    const message = {
      origin: this.#options.endpoint.origin,
      path,
      method: attempt.method,
      headers,
      ...(body !== undefined && { body: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    };
    try {
      const response = await untilAborted(this.#dispatcher.request(message), signal);
      const header = (name: string): string | undefined => {
        const value = response.headers[name];
        return typeof value === "string" ? value : undefined;
      };
      const contentType = (header("content-type") ?? "").toLowerCase();
      return { attempt, status: response.statusCode, contentType, header, body: response.body };
    } catch (error) {
      throw failureOfTransport(attempt, error);
    }
  }

  /** Reads the body of an answer as text. */
  async readText({ attempt, body }: Received): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const endLimit = limitBody(body, this.#options.answerTimeoutMs);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > MAX_TEXT_BYTES) break;
        chunks.push(chunk);
      }
    } catch (error) {
      throw failureOfTransport(attempt, error);
    } finally {
      endLimit();
    }
    if (bytes > MAX_TEXT_BYTES) throw unexpectedAnswer(attempt, `more than ${MAX_TEXT_BYTES} bytes`);
    return Buffer.concat(chunks).toString("utf8");
  }

  /** Waits for pending requests and closes the connections. */
  close(): Promise<void> {
    return this.#dispatcher.close();
  }
}
