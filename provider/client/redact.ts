/** What stands in place of a secret. */
export const REDACTED = "[secret]";

/**
 * Makes a function that takes these secrets out of a text, also in the form that they have inside a URL.
 *
 * @param secrets undefined and empty ones are passed over
 */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== "");
  const forms = known.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return (text) => forms.reduce((redacted, form) => redacted.replaceAll(form, REDACTED), text);
}
