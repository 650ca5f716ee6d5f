import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
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

/**
 * Reads a text from an address that is not a service's: without credentials, and without following redirects. Never rejects.
 *
 * @returns the text, or why there is none, as the end of a sentence
 */
export async function readAddress(
  address: URL,
  { maxBytes, timeoutMs = TIMEOUT_MS, dispatcher }: ReadLimits,
): Promise<{ text: string } | { problem: string }> {
  const own = dispatcher === undefined ? createOwn(address, timeoutMs) : undefined;
  try {
    const { statusCode, body } = await (dispatcher ?? own ?? new Agent()).request({
      origin: address.origin,
      path: address.pathname + address.search,
      method: "GET",
      headers: { accept: "application/json, application/yaml, */*" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (statusCode !== 200) {
      body.on("error", () => undefined).destroy();
      return {
        problem: `it was answered with ${statusCode}${statusCode >= 300 && statusCode < 400 ? REDIRECTED : ""}`,
      };
    }
    const endLimit = limitBody(body, timeoutMs);
    try {
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) return { problem: `it has more than ${maxBytes} bytes` };
        chunks.push(chunk);
      }
      return { text: new TextDecoder().decode(Buffer.concat(chunks)) };
    } finally {
      endLimit();
    }
  } catch (error) {
    return { problem: error instanceof Error && error.message !== "" ? error.message : String(error) };
  } finally {
    await own?.destroy();
  }
}

const REDIRECTED = ", a redirect, which is not followed: give the final address";

/** As for the services, the environment's proxies are used for https only. */
const createOwn = ({ protocol }: URL, connectTimeoutMs: number): Dispatcher => {
  const options = { connect: { timeout: connectTimeoutMs } };
  return protocol === "http:" ? new Agent(options) : new EnvHttpProxyAgent(options);
};
