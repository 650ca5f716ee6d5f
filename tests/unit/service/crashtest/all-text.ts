import { inspect } from "node:util";

/** Everything that could be shown of an error, by whoever prints it however. */
export function allTextOf(error: unknown): string {
  const texts: string[] = [inspect(error, { depth: Infinity, showHidden: true, getters: true })];
  const seen = new Set<unknown>();
  for (
    let at: unknown = error;
    at !== undefined && at !== null && !seen.has(at);
    at = (at as { cause?: unknown }).cause
  ) {
    seen.add(at);
    texts.push(`${at as Error}`, String((at as Error).stack), JSON.stringify(at));
    if (typeof at === "object") texts.push(JSON.stringify(at, Object.getOwnPropertyNames(at)));
  }
  return texts.join("\n");
}

/** Fails where a secret stands in an error, in whatever case of letters, plain or as a part of a URL or of JSON. */
export function expectNothingOf(secret: string, error: unknown): void {
  const text = allTextOf(error).toLowerCase();
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
  ];

  for (const form of forms) expect(text).not.toContain(form.toLowerCase());
}
