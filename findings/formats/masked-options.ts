import type { Span } from "./spans";
import { ValueEnds } from "./value-ends";

/** Options of command lines whose value is a cookie or a credential, in full. */
const LONG_OPTION =
  /(?<![\w-])(--?(?:auth|auth-cred|cookie|http-passw(?:or)?d|http-user|oauth2-bearer|passw(?:or)?d|proxy-passw(?:or)?d|proxy-user|user))(?:[ \t]{1,64}|=)(?=[^\s=])/g;

/** The same of curl in short, alone or behind others, with or without a blank: `-b a=1`, `-ba=1`, `-sku me:word`. */
const SHORT_OPTION = /(?<=\s)(-[A-Za-z#]{0,16}?[bUu])[ \t]{0,64}(?=[^\s-])/g;
const IS_CURL = /\bcurl\b/i;

/** The cookies and credentials that stand in command lines, such as that of curl. */
export function optionValuesIn(text: string): Span[] {
  const long = wordsAfter(LONG_OPTION, text);
  return IS_CURL.test(text) ? [...long, ...wordsAfter(SHORT_OPTION, text)] : long;
}

function wordsAfter(option: RegExp, text: string): Span[] {
  const ends = new ValueEnds(text);
  const words: Span[] = [];
  for (const { index, 0: matched } of text.matchAll(option)) {
    // What looks like an option inside of a word is none.
    if (index < (words.at(-1)?.end ?? 0)) continue;
    const start = index + matched.length;
    words.push({ start, end: ends.ofWord(start) });
  }
  return words;
}
