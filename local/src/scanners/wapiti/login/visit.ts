import type { LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { lookUpIn } from "../addresses";
import { isLoopbackHost } from "../target";
import type { Credentials } from "./credentials";

const ANSWER_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 10;
const MAX_BODY_BYTES = 1_048_576;
/** For a whole answer: a page that trickles in would hold the place of a scan for ever. */
const REQUEST_LIMIT_MS = 30_000;

/** What a visit of a page led to. */
export interface Visit {
  /** The addresses that were requested, the last one last. */
  urls: readonly URL[];
  status: number;
  body: string;
  /** Where it redirects to beyond the target; nothing is sent there. */
  leavesTo?: URL;
}

/** Requests pages of a target at its pinned addresses, and nothing else. */
export interface Visitor {
  target: URL;
  addresses: readonly LookupAddress[];
  signal: AbortSignal;
  nowMs: () => number;
}

interface Answer {
  status: number;
  rawHeaders: string[];
  location: string | undefined;
  body: string;
}

/**
 * The TLS options of a connection that carries credentials: only on this machine a certificate may be anyone's.
 */
export function verification(target: URL): { rejectUnauthorized: boolean } {
  return { rejectUnauthorized: !isLoopbackHost(target.hostname) };
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** @throws Error if there is no answer in time. */
function request(visitor: Visitor, url: URL, headers: string[], form?: URLSearchParams): Promise<Answer> {
  const { target, addresses, signal } = visitor;
  const body = form?.toString();
  const options: RequestOptions = {
    ...{ agent: false, timeout: ANSWER_TIMEOUT_MS, lookup: lookUpIn(addresses), headers },
    signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_LIMIT_MS)]),
    method: body === undefined ? "GET" : "POST",
  };
  return new Promise((resolve, reject) => {
    const take = (answer: IncomingMessage): void => {
      const { statusCode: status = 0, rawHeaders } = answer;
      const location = status >= 300 && status < 400 ? answer.headers.location : undefined;
      bodyOf(answer).then((text) => {
        resolve({ status, rawHeaders, location, body: text });
        outgoing.destroy();
      }, reject);
    };
    const outgoing =
      url.protocol === "https:"
        ? httpsRequest(url, { ...options, ...verification(target) }, take)
        : httpRequest(url, options, take);
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.on("error", reject);
    outgoing.on("close", () => {
      reject(new Error("the connection was closed"));
    });
    outgoing.end(body);
  });
}

function headersFor(url: URL, form?: URLSearchParams): string[] {
  const accept = "text/html,*/*;q=0.8";
  const headers = ["Host", url.host, "User-Agent", "crashtest-local", "Accept", accept, "Connection", "close"];
  if (form === undefined) return headers;
  const length = String(Buffer.byteLength(form.toString()));
  return [...headers, "Content-Type", "application/x-www-form-urlencoded", "Content-Length", length];
}

/**
 * Visits a page as a browser would, with these credentials or none, and follows redirects while they stay on the target.
 *
 * @param form is sent to the page by POST; without one it is a GET
 * @throws Error if there is no answer, or too many redirects.
 */
export async function visit(
  visitor: Visitor,
  page: URL,
  credentials?: Credentials,
  form?: URLSearchParams,
): Promise<Visit> {
  const urls: URL[] = [];
  let url = new URL(page);
  let sending = form;
  for (let count = 0; count <= MAX_REDIRECTS; count += 1) {
    urls.push(url);
    const plain = headersFor(url, sending);
    const answer = await request(visitor, url, credentials?.applyTo(plain) ?? plain, sending);
    credentials?.take(answer.rawHeaders, visitor.nowMs());
    const { status, body, location } = answer;
    if (location === undefined || !URL.canParse(location, url.href)) return { urls, status, body };
    const next = new URL(location, url);
    if (next.origin !== visitor.target.origin) return { urls, status, body, leavesTo: next };
    url = next;
    // Other redirects are followed by a GET.
    if (status !== 307 && status !== 308) sending = undefined;
  }
  throw new Error(`more than ${MAX_REDIRECTS} redirects`);
}
