import type { Dispatcher } from "undici";
import { openConnections } from "./dispatcher";
import { limitBody } from "./time-limit";

const TIMEOUT_MS = 30_000;

/** How an address is read. */
export interface ReadLimits {
  maxBytes: number;
  /** For the whole answer. @default 30 seconds */
  timeoutMs?: number;
  /** @default a connection of its own, by the environment's proxy if the address is https */
  dispatcher?: Dispatcher;
}

/** A text, or why there is none, as the end of a sentence. */
export type AddressRead = { text: string } | { problem: string };

/**
 * Reads a text from an address that is not a service's: without credentials, and without following redirects. Never rejects.
 */
export async function readAddress(address: URL, limits: ReadLimits): Promise<AddressRead> {
  if (limits.dispatcher !== undefined) return readBy(limits.dispatcher, address, limits);
  const connection = openConnections(address);
  if (connection === undefined) return { problem: "HTTPS_PROXY or HTTP_PROXY is not the address of a proxy" };
  try {
    return await readBy(connection, address, limits);
  } finally {
    await connection.destroy();
  }
}

async function readBy(
  dispatcher: Dispatcher,
  { origin, pathname, search }: URL,
  { maxBytes, timeoutMs = TIMEOUT_MS }: ReadLimits,
): Promise<AddressRead> {
  try {
    const { statusCode, body } = await dispatcher.request({
      origin,
      path: pathname + search,
      method: "GET",
      headers: { accept: "application/json, application/yaml, */*" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const endLimit = limitBody(body, timeoutMs);
    try {
      return statusCode === 200 ? await readBody(body, maxBytes) : { problem: describeStatus(statusCode) };
    } finally {
      endLimit();
      body.on("error", () => undefined).destroy();
    }
  } catch (error) {
    return { problem: error instanceof Error && error.message !== "" ? error.message : String(error) };
  }
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number): Promise<AddressRead> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return { problem: `it has more than ${maxBytes} bytes` };
    chunks.push(chunk);
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

const describeStatus = (status: number): string =>
  status >= 300 && status < 400
    ? `it was answered with ${status}, a redirect, which is not followed: give the final address`
    : `it was answered with ${status}`;
