import { ValueEnds } from "./value-ends";

/** Options of command lines whose value is a cookie or a credential, in full. */
const LONG_OPTION =
  /(?<![\w-])(--?(?:auth|auth-cred|cookie|http-passw(?:or)?d|http-user|oauth2-bearer|passw(?:or)?d|proxy-passw(?:or)?d|proxy-user|user))(?:[ \t]{1,64}|=)(?=[^\s=])/g;

/** The same of curl in short, alone or behind others, with or without a blank: `-b a=1`, `-ba=1`, `-sku me:word`. */
const SHORT_OPTION = /(?<=\s)(-[A-Za-z#]{0,16}?[bUu])[ \t]{0,64}(?=[^\s-])/g;
const IS_CURL = /\bcurl\b/i;

/** A text in which cookies and credentials that stand in a command line, such as that of curl, are replaced. */
export function withoutOptionValues(text: string, mask: string): string {
  const withoutLong = withoutWords(text, LONG_OPTION, mask);
  return IS_CURL.test(withoutLong) ? withoutWords(withoutLong, SHORT_OPTION, mask) : withoutLong;
}

function withoutWords(text: string, option: RegExp, mask: string): string {
  const ends = new ValueEnds(text);
  let result = "";
  let at = 0;
  for (const { index, 0: matched } of text.matchAll(option)) {
    if (index < at) continue;
    const start = index + matched.length;
    result += text.slice(at, start) + mask;
    at = ends.ofWord(start);
  }
  return result + text.slice(at);
}
