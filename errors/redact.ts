/** Replaces a secret. */
export const REDACTED = "[secret]";

/** Ends a text that was cut. */
const ELLIPSIS = /\.\.\.|\u2026/;

/** A shorter prefix does not reveal a secret. */
const MIN_PREFIX_LENGTH = 4;

/**
 * Returns a function that redacts these secrets in a text, ignoring case (header names and UUIDs are often rewritten): also
 * as they are encoded in a URL, a query and JSON, and if the text was cut in the middle of one.
 *
 * @param secrets undefined and empty ones are ignored
 */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== "");
  const forms = [...new Set(known.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const pattern = anyOf(forms);
  const longForms = forms.filter((form) => form.length > MIN_PREFIX_LENGTH).map((form) => form.toLowerCase());
  const prefixes = longForms.length > 0 ? anyOf(longForms.map((form) => form.slice(0, MIN_PREFIX_LENGTH))) : undefined;
  return (text) => {
    const prefixesRedacted = prefixes === undefined ? text : redactPrefixes(text, prefixes, longForms);
    return prefixesRedacted.replace(pattern, REDACTED);
  };
}

/** @param prefixes matches where one of the secrets may start */
function redactPrefixes(text: string, prefixes: RegExp, secrets: readonly string[]): string {
  let kept = "";
  let from = 0;
  for (let match = prefixes.exec(text); match !== null; match = prefixes.exec(text)) {
    const length = Math.max(...secrets.map((secret) => cutLength(text, match.index, secret)));
    prefixes.lastIndex = match.index + Math.max(length, 1);
    if (length === 0) continue;
    kept += text.slice(from, match.index) + REDACTED;
    from = match.index + length;
  }
  return kept + text.slice(from);
}

/** Returns how many characters of a secret precede an ellipsis here; 0 if it is not here, or not cut. */
function cutLength(text: string, at: number, secret: string): number {
  const rest = text.slice(at, at + secret.length + 2);
  const length = rest.slice(MIN_PREFIX_LENGTH).search(ELLIPSIS) + MIN_PREFIX_LENGTH;
  const isCut = length >= MIN_PREFIX_LENGTH && length < secret.length;
  return isCut && secret.startsWith(rest.slice(0, length).toLowerCase()) ? length : 0;
}

const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams([["", secret]]).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
];

const anyOf = (texts: readonly string[]): RegExp => new RegExp(texts.map(escapeForRegExp).join("|"), "gi");

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
