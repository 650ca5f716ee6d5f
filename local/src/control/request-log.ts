import type { Request } from "express";
import { keysOf, queryOf, rawBodyOf } from "../http/requests";

/** A logged request to the API. */
export interface LoggedRequest {
  /** When it arrived, in ISO 8601. */
  at: string;
  method: string;
  /** The operation of the API, by its `operationId`; absent if the contract has none for this method and path. */
  operation?: string;
  /** The path without the query. */
  path: string;
  /** All values by name, without the API key. */
  query: Record<string, string[]>;
  /** By name in lower case, without the API key. */
  headers: Record<string, string>;
  /** How the API key was sent, in its original spelling; the value is not stored. The first one if several were sent. */
  apiKey?: { in: "header" | "query"; name: string };
  /** The body, parsed if it is JSON, without the credentials of a login, otherwise as text; absent if there was none. */
  body?: unknown;
  /** The kind of the fault that was played, if one was. */
  fault?: string;
  /** The status of the answer; absent until there is one, or if the connection was dropped. */
  status?: number;
}

/** The members of a start's body that are secret: passwords, and the values of headers and cookies. */
const isCredential = (name: string, value: unknown): boolean =>
  (name === "password" || name === "value") && typeof value === "string";
const HIDDEN = "[hidden]";

const isKeyName = (name: string): boolean => name.toLowerCase() === "api_key";

/** Builds the log entry of a request, without the API key. */
export function describeRequest(request: Request, operation: string | undefined, nowMs: number): LoggedRequest {
  const sent = queryOf(request);
  const names = [...sent.keys()].filter((name) => !isKeyName(name));
  const query = Object.fromEntries(names.map((name) => [name, sent.getAll(name)]));
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (!isKeyName(name) && value !== undefined) headers[name] = String(value);
  }
  const [key] = keysOf(request);
  const body = bodyOf(rawBodyOf(request));
  return {
    at: new Date(nowMs).toISOString(),
    method: request.method,
    ...(operation === undefined ? {} : { operation }),
    path: request.originalUrl.split("?")[0] ?? "",
    query,
    headers,
    ...(key === undefined ? {} : { apiKey: { in: key.in, name: key.name } }),
    ...(body === undefined ? {} : { body }),
  };
}

function bodyOf(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = bytes.toString("utf8");
  try {
    return JSON.parse(text, (name, value: unknown) => (isCredential(name, value) ? HIDDEN : value));
  } catch {
    return text;
  }
}
