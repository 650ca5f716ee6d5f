import type { LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { lookUpIn } from "../scanners/wapiti/addresses";
import { isLoopbackHost } from "../scanners/wapiti/target";

const FETCH_TIMEOUT_MS = 10_000;
/** A proof has 36 bytes; some servers add a line break or a comment to what they serve. */
const MAX_TEXT_BYTES = 4096;

/**
 * Fetches the text at a URL by one GET to one of `addresses`. Redirects are not followed: content elsewhere proves nothing about this host.
 * @throws Error if the answer is not 200, is too long, or does not arrive within ten seconds.
 */
export function fetchText(url: URL, addresses: readonly LookupAddress[]): Promise<string> {
  const isTls = url.protocol === "https:";
  const options = {
    ...{ agent: false, timeout: FETCH_TIMEOUT_MS, signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) },
    lookup: lookUpIn(addresses),
    // On this machine certificates are usually self-signed; elsewhere a man in the middle could answer.
    ...(isTls && isLoopbackHost(url.hostname) ? { rejectUnauthorized: false } : {}),
  } as const;
  return new Promise((resolve, reject) => {
    let hasAnswer = false;
    const request = (isTls ? httpsRequest : httpRequest)(url, options, (answer) => {
      hasAnswer = true;
      readText(answer)
        .then(resolve, reject)
        .finally(() => request.destroy());
    });
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", reject);
    // The only event if the answer switches protocols (101).
    request.on("close", () => {
      if (!hasAnswer) reject(new Error("the connection ended without an answer"));
    });
    request.end();
  });
}

async function readText(answer: IncomingMessage): Promise<string> {
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode ?? "unknown"}`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_TEXT_BYTES) throw new Error(`more than ${MAX_TEXT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
