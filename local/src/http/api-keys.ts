import type { IncomingHttpHeaders } from "node:http";
import type { User } from "../store/users";
import { Refusal } from "./refusal";

/** The names of the key. Case is ignored in a header, but not in the query. */
const KEY_NAMES = ["api_key", "API_KEY"] as const;

/** A key as sent. */
export interface SentKey {
  in: "header" | "query";
  name: string;
  value: string;
}

interface KeyedRequest {
  headers: IncomingHttpHeaders;
  /** Alternating names and values, as sent. */
  rawHeaders: readonly string[];
  query: URLSearchParams;
}

/** Returns all keys in the request, with their original spelling. */
export function sentKeys({ rawHeaders, query }: KeyedRequest): SentKey[] {
  const inHeader = rawHeaders.flatMap((name, index): SentKey[] => {
    const isKey = index % 2 === 0 && name.toLowerCase() === "api_key";
    return isKey ? [{ in: "header", name, value: rawHeaders[index + 1] ?? "" }] : [];
  });
  const inQuery = KEY_NAMES.flatMap((name) =>
    query.getAll(name).map((value): SentKey => ({ in: "query", name, value })),
  );
  return [...inHeader, ...inQuery];
}

/**
 * Returns the user of the key that was sent.
 * @throws Refusal 401 for a missing or wrong key, or several different ones.
 */
export function authenticate(keys: readonly SentKey[], findByKey: (apiKey: string) => User | undefined): User {
  const [value, ...others] = new Set(keys.map((key) => key.value));
  if (value === undefined || value === "") throw new Refusal(401, "api_key_missing");
  if (others.length > 0) throw new Refusal(401, "api_keys_differ");
  const user = findByKey(value);
  if (user === undefined) throw new Refusal(401, "api_key_unknown");
  return user;
}
