import { truncated } from "../plain-text";
import { optionValuesIn } from "./masked-options";
import { namedValuesIn } from "./masked-values";
import { withSpansReplaced, type Span } from "./spans";

export { isSecretName } from "./secret-names";

/** What stands in the place of a secret. */
export const MASK = "[masked]";

/**
 * Credentials that no name announces, after what is kept. Repetitions are of one class of characters and have no bounds, since
 * only those need no memory for each character.
 */
const CREDENTIALS: readonly RegExp[] = [
  // After a scheme; not the second word of "basic authentication".
  /(\b(?:[Bb]asic|BASIC|[Nn]egotiate|NEGOTIATE|[Nn]tlm|NTLM)[ \t]+)(?=[\w.~+/-]*(?:[0-9=]|[a-z][A-Z]))[\w.~+/=-]{6}[\w.~+/=-]*/g,
  /(\bBearer[ \t]+)(?!(?:auth(?:entication|orization)?|credentials?|header|schemes?|tokens?)\b)[\w.~+/=-]{6}[\w.~+/=-]*/gi,
  // A list of its own, to the end of the line.
  /(\bDigest[ \t]+)(?=\w{1,64}=)[^\r\n]+/gi,
  // A JSON web token.
  /()\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // In an address, also one with escaped slashes. A password may have an @ of its own.
  /(:\\?\/\\?\/)[^\s/?#"'<>\\]+(?=@)/g,
];

/**
 * A text without what stands in it as cookie, as authorization, or as user of an address: in HTTP, JSON, XML, a command line,
 * escaped or not. Names stay, to be recognised. Its time grows with the length of the text; of one of more than a million
 * characters the rest is left out.
 */
export function masked(given: string): string {
  const text = truncated(given, LONGEST_TEXT);
  return withSpansReplaced(text, [...namedValuesIn(text), ...optionValuesIn(text), ...credentialsIn(text)], MASK);
}

/** In characters. Over many millions the engine's regular expressions run out of stack, and nobody reads as much. */
const LONGEST_TEXT = 1024 * 1024;

const credentialsIn = (text: string): Span[] =>
  CREDENTIALS.flatMap((credential) =>
    Array.from(text.matchAll(credential), ({ index, 0: all, 1: kept = "" }) => ({
      start: index + kept.length,
      end: index + all.length,
    })),
  );
