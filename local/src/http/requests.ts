import type { Request } from "express";
import type { User } from "../store/users";
import { authenticate, sentKeys, type SentKey } from "./api-keys";
import { Refusal } from "./refusal";

/** Returns the query as sent. */
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

/** Returns the body of a request as bytes, as left by the body parser. */
export function rawBodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/**
 * Parses the body as JSON; undefined if there is none.
 * @throws Refusal 400 if it is declared as JSON but cannot be parsed.
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
