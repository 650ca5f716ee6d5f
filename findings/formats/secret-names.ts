/** Ends of names whose values let somebody in: `Cookie`, `X-Api-Key`, `HTTP_AUTHORIZATION`, `access_token`, `PHPSESSID`. */
const SECRET_END = [
  "cookies?2?",
  "authorization",
  "api[-_]?key",
  "(?:access|app|auth|bearer|csrf|id|private|refresh|security|session|xsrf)[-_]?token",
  "session[-_]?(?:id|key)",
  "(?:php|j|asp)sess(?:ion)?(?:id[a-z]*)?",
].join("|");

/** A whole name with such an end, as a part of a regular expression that ignores case. Also the `n` of `\nCookie` belongs to it. */
export const SECRET_NAME = String.raw`(?<![\w-])[\w-]*?(?:${SECRET_END})(?![\w-])`;

/** Words that make a field of a request secret, whatever else its name says: `basicAuth`, `user_password`. */
const SECRET_WORDS = new Set(
  "apikey auth authentication authorization cookie cookie2 cookies credential credentials jwt passphrase passwd password pwd secret session sessionid sid token tokens userpwd".split(
    " ",
  ),
);

const IS_SECRET_NAME = new RegExp(`^${SECRET_NAME}$`, "i");
const BESIDE_NAME = /^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g;
const BETWEEN_WORDS = /[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/;
/** No name of a header or field is longer. */
const LONGEST_NAME = 256;

/** Whether the value under this name, of a header or of a field of a request, lets somebody in. */
export function isSecretName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const bare = name.replace(BESIDE_NAME, "");
  return IS_SECRET_NAME.test(bare) || bare.split(BETWEEN_WORDS).some((word) => SECRET_WORDS.has(word.toLowerCase()));
}
