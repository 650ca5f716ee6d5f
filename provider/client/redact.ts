/** What stands in place of a secret. */
export const REDACTED = "[secret]";

/**
 * Makes a function that takes these secrets out of a text, in whatever case of letters (header names and UUIDs are often
 * rewritten), also in the forms that they have inside a URL, a query and JSON.
 *
 * @param secrets undefined and empty ones are passed over
 */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== "");
  const forms = [...new Set(known.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map(escapeForRegExp).join("|"), "gi");
  return (text) => text.replace(pattern, REDACTED);
}

const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams([["", secret]]).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
];

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
