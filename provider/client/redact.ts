/** What stands in place of a secret. */
export const REDACTED = "[secret]";

/** What stands in place of the rest of a text that was cut. */
const ELLIPSIS = /\.\.\.|\u2026/;

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
  const pattern = anyOf(forms);
  const longForms = forms.filter((form) => form.length > LEAST_BEGINNING).map((form) => form.toLowerCase());
  const begun = longForms.length > 0 ? anyOf(longForms.map((form) => form.slice(0, LEAST_BEGINNING))) : undefined;
  return (text) => {
    const cutOnesGone = begun === undefined ? text : withoutBeginnings(text, begun, longForms);
    return cutOnesGone.replace(pattern, REDACTED);
  };
}

/** @param begun finds where one of the secrets may begin */
function withoutBeginnings(text: string, begun: RegExp, secrets: readonly string[]): string {
  let kept = "";
  let from = 0;
  for (let match = begun.exec(text); match !== null; match = begun.exec(text)) {
    const length = Math.max(...secrets.map((secret) => cutLength(text, match.index, secret)));
    begun.lastIndex = match.index + Math.max(length, 1);
    if (length === 0) continue;
    kept += text.slice(from, match.index) + REDACTED;
    from = match.index + length;
  }
  return kept + text.slice(from);
}

/** So many characters of a secret stand at this place, up to an ellipsis; 0 where it is not there, or whole. */
function cutLength(text: string, at: number, secret: string): number {
  const rest = text.slice(at, at + secret.length + 2);
  const length = rest.slice(LEAST_BEGINNING).search(ELLIPSIS) + LEAST_BEGINNING;
  const isCut = length >= LEAST_BEGINNING && length < secret.length;
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
