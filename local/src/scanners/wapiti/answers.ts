import type { LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { lookUpIn } from "./addresses";
import { authorityOf } from "./allowed-target";

const ANSWER_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;

/** A target's answer to a GET: its status, and where it redirects to, if anywhere. */
export interface Answer {
  status: number;
  redirectsTo: URL | undefined;
}

/** What is known about a target before its scan. */
export interface FirstPage {
  answers: boolean;
  /** The address beyond the target's own host and port that its first page redirects to. */
  leavesTo?: URL;
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  const { location } = headers;
  const isRedirect =
    statusCode >= 300 && statusCode < 400 && location !== undefined && URL.canParse(location, from.href);
  return isRedirect ? new URL(location, from) : undefined;
}

type Addresses = readonly LookupAddress[];

/** Requests a page from a target without following redirects; undefined if it does not answer or `signal` ends the wait. */
export function ask(target: URL, addresses: Addresses, signal?: AbortSignal): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const isTls = target.protocol === "https:";
    // Certificates of targets on this machine or inside a company are usually self-signed; nothing secret is sent.
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
    // The only event if the answer switches protocols (101).
    request.on("close", () => {
      resolve(undefined);
    });
    request.end();
  });
}

/**
 * Checks a target's first page. Redirects are followed while they stay on its host and port, so that one which leads
 * away is noticed before anything else is requested: nothing is ever sent to its destination.
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
