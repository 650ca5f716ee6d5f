import type { Request } from "express";
import type { User } from "../store/users";
import { authenticate, sentKeys, type SentKey } from "./api-keys";
import { Refusal } from "./refusal";

/** The query as it was sent. */
export function queryOf(request: Request): URLSearchParams {
  const at = request.originalUrl.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : request.originalUrl.slice(at + 1));
}

export function keysOf(request: Request): SentKey[] {
  return sentKeys({ headers: request.headers, rawHeaders: request.rawHeaders, query: queryOf(request) });
}

/** @throws Refusal 401 */
export function userOf(request: Request, findByKey: (apiKey: string) => User | undefined): User {
  return authenticate(keysOf(request), findByKey);
}

/** The body of a request as bytes, which the parser before has put in its place. */
export function rawBodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/**
 * The body as JSON; undefined where there is none.
 * @throws Refusal 400 where it says that it is JSON, and is not.
 */
export function parseJsonBody(request: Request, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (request.is("json") === false) return bytes;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, "malformed_json");
  }
}
