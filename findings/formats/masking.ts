import { truncated } from "../../errors/plain-text";

/** Headers whose value extends to the end of the line, for a case-insensitive regular expression. */
const SECRET_HEADERS = "cookies?2?|authorization";

/** Ends of names of credentials: `Set-Cookie`, `X-Api-Key`, `access_token`, `user_password`, `PHPSESSID`. */
const SECRET_ENDS = `${SECRET_HEADERS}|api[-_]?key|token|passw(?:or)?d|secret|sess(?:ion)?[-_]?(?:id[a-z]*|key)`;

/** Replaces a secret. */
export const MASK = "[masked]";

/** A quote, possibly escaped inside another string. */
const QUOTE = String.raw`\\{0,8}["']`;

/** The text up to the closing quote `q` or the end of the line. An escaped quote does not close it. */
const QUOTED = String.raw`(?!\k<q>)(?=\S)[^"'\\\r\n]*(?:(?!\k<q>)(?:\\+["']?|["'])[^"'\\\r\n]*)*`;

/** The rest of a line. It also ends at an escaped line end before the next header or the end of the text. */
const LINE = String.raw`[^\\\r\n]*(?:(?!\\+[rn](?:[\w-]{1,64}:|["'\\]))\\+[^\\\r\n]*)*`;

/** A whole name with one of these ends. */
const nameWith = (ends: string): string => String.raw`[\w-]{0,64}?(?:${ends})(?![\w-])`;

const NAME = nameWith(SECRET_ENDS);

/**
 * The patterns, applied in this order. The first group of each is kept. Each ends with the value, so that there is no
 * backtracking, and takes linear time.
 */
const PATTERNS: readonly RegExp[] = [
  // A header in quotes, to the closing quote: -H "Cookie: a=1; b=2"
  new RegExp(String.raw`((?<q>${QUOTE})${NAME}[ \t]*:[ \t]*)${QUOTED}`, "gi"),
  // A header of several words, to the end of its line and continuation lines: Set-Cookie: a=1; path=/
  new RegExp(
    String.raw`((?<![\w"'-])${nameWith(SECRET_HEADERS)}[ \t]*:[ \t]*)(?=\S)${LINE}(?:\r?\n[ \t]+(?=\S)${LINE})*`,
    "gi",
  ),
  // A member of JSON or an attribute, to the closing quote: "access_token": "abc", password='abc'
  new RegExp(String.raw`((?<![\w-])${NAME}(?:${QUOTE})?\s{0,64}(?:=>|[:=])\s{0,64}(?<q>${QUOTE}))${QUOTED}`, "gi"),
  // The same with an array, an object or a number: "cookies": ["a=1"], "token": 123
  new RegExp(
    String.raw`((?<![\w-])${NAME}${QUOTE}\s{0,64}(?:=>|:)\s{0,64})(?:\[[^\]]*\]?|\{[^}]*\}?|[^\s"'\\,}\]]+)`,
    "gi",
  ),
  // A name next to its value, as in HAR: "name": "Cookie", "value": "a=1"
  new RegExp(
    String.raw`(${QUOTE}${NAME}${QUOTE}\s{0,64},\s{0,64}${QUOTE}value${QUOTE}\s{0,64}:\s{0,64}(?<q>${QUOTE}))${QUOTED}`,
    "gi",
  ),
  // A parameter or a header of one word: ?token=abc&id=1, id=1&password=abc, X-Api-Key: abc
  new RegExp(String.raw`((?<![\w-])${NAME}[ \t]*[:=][ \t]*)[^\s&;"'<>\\]+`, "gi"),
  // A cookie or a user as an option of curl, the short ones where they have "=" or ":": -b "a=1", --user me:password
  new RegExp(
    String.raw`((?<=\s)(?:-[a-zA-Z]{0,8}[bu][ \t]+(?=[^\s=:]*[=:])|--(?:cookie|user|proxy-user|oauth2-bearer)(?:[ \t]+|=)))` +
      String.raw`(?!${QUOTE}?https?:)(?:(?<q>${QUOTE})${QUOTED}\k<q>?|[^\s"'\\-][^\s"'\\]*)`,
    "g",
  ),
  // The value after an authorization scheme without a header name, unless it is a word: Bearer abc123
  /(\bBearer[ \t]+)(?!(?:auth(?:entication|orization)?|credentials?|header|schemes?|tokens?)\b)[\w.~+/=-]{6}[\w.~+/=-]*/gi,
  /(\b(?:[Bb]asic|BASIC|[Nn]egotiate|NEGOTIATE|[Nn]tlm|NTLM)[ \t]+)(?=[\w.~+/-]*(?:[0-9=]|[a-z][A-Z]))[\w.~+/=-]{6}[\w.~+/=-]*/g,
  /(\bDigest[ \t]+)(?=\w{1,64}=)[^\r\n]+/gi,
  // A JSON web token
  /()(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // The user in a URL, also with escaped slashes: https://me:password@shop.example
  /(:\\?\/\\?\/)[^\s/?#"'<>\\]+(?=@)/g,
];

/** In characters. V8's regular expressions overflow their stack on millions. */
const LONGEST_TEXT = 512 * 1024;

/**
 * Masks the values of cookies, authorization, keys, tokens and passwords in headers, JSON, parameters and curl options. Names
 * stay. Cuts a text to 524,288 characters.
 */
export const masked = (text: string): string =>
  PATTERNS.reduce((shown, pattern) => shown.replace(pattern, `$1${MASK}`), truncated(text, LONGEST_TEXT));

/** Words that make a field of a request secret: `basicAuth`, `user_password`. */
const SECRET_WORDS = new Set(
  "apikey auth authentication authorization cookie cookie2 cookies credential credentials jwt passphrase passwd password pwd secret session sessionid sid token tokens userpwd".split(
    " ",
  ),
);

const IS_SECRET_NAME = new RegExp(`(?:${SECRET_ENDS})$`, "i");
const BESIDE_NAME = /^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g;
const BETWEEN_WORDS = /[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/;
/** Limit of the name of a header or field. */
const LONGEST_NAME = 256;

/** Whether a header or field of a request with this name is a credential. */
export function isSecretName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const bare = name.replace(BESIDE_NAME, "");
  return IS_SECRET_NAME.test(bare) || bare.split(BETWEEN_WORDS).some((word) => SECRET_WORDS.has(word.toLowerCase()));
}
