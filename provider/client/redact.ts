/** What stands in place of a secret. */
export const REDACTED = "[secret]";

/** What stands in place of the rest of a text that was cut. */
const ELLIPSIS = /\.\.\.|\u2026/g;

/** A beginning of a secret that is shorter says nothing of it. */
const LEAST_BEGINNING = 4;

/**
 * Makes a function that takes these secrets out of a text, in whatever case of letters (header names and UUIDs are often
 * rewritten), also in the forms that they have inside a URL, a query and JSON, and where the text was cut in the midst of one.
 *
 * @param secrets undefined and empty ones are passed over
 */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== "");
  const forms = [...new Set(known.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map(escapeForRegExp).join("|"), "gi");
  return (text) => withoutBeginnings(text.replace(pattern, REDACTED), forms);
}

function withoutBeginnings(text: string, forms: readonly string[]): string {
  let kept = "";
  let from = 0;
  for (const { index } of text.matchAll(ELLIPSIS)) {
    const length = Math.max(...forms.map((form) => beginningAtEnd(text.slice(from, index), form)));
    if (length < LEAST_BEGINNING) continue;
    kept += text.slice(from, index - length) + REDACTED;
    from = index;
  }
  return kept + text.slice(from);
}

/** So many of a secret's first characters are the last ones of a text. */
function beginningAtEnd(text: string, secret: string): number {
  const end = text.slice(-(secret.length - 1)).toLowerCase();
  for (let length = Math.min(end.length, secret.length - 1); length > 0; length -= 1) {
    if (end.endsWith(secret.slice(0, length).toLowerCase())) return length;
  }
  return 0;
}

const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams([["", secret]]).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
];

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
