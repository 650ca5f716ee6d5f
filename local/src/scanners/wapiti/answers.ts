import type { LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { lookUpIn } from "./addresses";
import { authorityOf } from "./allowed-target";

const ANSWER_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;

/** What a target answered to a GET: its status and where it redirects to, if anywhere. */
export interface Answer {
  status: number;
  redirectsTo: URL | undefined;
}

/** What was seen of a target before its scan. */
export interface FirstPage {
  answers: boolean;
  /** The address beyond the target's own host and port to which its first page only redirects. */
  leavesTo?: URL;
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  const { location } = headers;
  const isRedirect =
    statusCode >= 300 && statusCode < 400 && location !== undefined && URL.canParse(location, from.href);
  return isRedirect ? new URL(location, from) : undefined;
}

type Addresses = readonly LookupAddress[];

/** Asks a target for a page, following nothing; undefined where it does not answer or `signal` ends the waiting. */
export function ask(target: URL, addresses: Addresses, signal?: AbortSignal): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const isTls = target.protocol === "https:";
    // Certificates are self-made as a rule where targets are on this machine or inside a company; nothing secret is sent.
    const options = {
      ...{ agent: false, timeout: ANSWER_TIMEOUT_MS, lookup: lookUpIn(addresses) },
      ...(isTls ? { rejectUnauthorized: false } : {}),
      ...(signal === undefined ? {} : { signal }),
    } as const;
    const request = (isTls ? httpsRequest : httpRequest)(target, options, (answer) => {
      resolve({ status: answer.statusCode ?? 0, redirectsTo: redirectOf(answer, target) });
      request.destroy();
    });
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", () => {
      resolve(undefined);
    });
    // The only event where the answer is another protocol (101).
    request.on("close", () => {
      resolve(undefined);
    });
    request.end();
  });
}

/**
 * Looks at a target's first page. Redirects are followed while they stay on its host and port, so that one which leads
 * away is seen before anything else is asked: nothing is ever sent to where it leads.
 */
export async function askFirstPage(target: URL, addresses: Addresses, signal?: AbortSignal): Promise<FirstPage> {
  let page = target;
  for (let count = 0; count <= MAX_REDIRECTS; count += 1) {
    const answer = await ask(page, addresses, signal);
    if (answer === undefined) return { answers: count > 0 };
    const { redirectsTo } = answer;
    if (redirectsTo === undefined) break;
    if (redirectsTo.protocol !== target.protocol || authorityOf(redirectsTo) !== authorityOf(target)) {
      return { answers: true, leavesTo: redirectsTo };
    }
    page = redirectsTo;
  }
  return { answers: true };
}
