import { withoutOptionValues } from "./masked-options";
import { withoutNamedValues } from "./masked-values";

export { isSecretName } from "./secret-names";

/** What stands in the place of a secret. */
export const MASK = "[masked]";

// Repetitions are of one class of characters and have no bounds, since only those need no memory for each character.

/** A credential after its scheme, wherever it stands; not the second word of "basic authentication". */
const CREDENTIAL =
  /\b([Bb]asic|BASIC|[Nn]egotiate|NEGOTIATE|[Nn]tlm|NTLM)([ \t]+)(?=[\w.~+/-]*(?:[0-9=]|[a-z][A-Z]))[\w.~+/=-]{6}[\w.~+/=-]*/g;
const BEARER =
  /\b(Bearer)([ \t]+)(?!(?:auth(?:entication|orization)?|credentials?|header|schemes?|tokens?)\b)[\w.~+/=-]{6}[\w.~+/=-]*/gi;
/** Its credential is a list of its own, to the end of the line. */
const DIGEST = /\b(Digest)([ \t]+)(?=\w{1,64}=)[^\r\n]+/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
/** Also in an address with escaped slashes. A password may have an @ of its own. */
const USER_IN_ADDRESS = /(:\\?\/\\?\/)[^\s/?#"'<>\\]*@/g;

/**
 * A text without what stands in it as cookie, as authorization, or as user of an address: in HTTP, JSON, XML, a command line,
 * escaped or not. Names stay, to be recognised. Masking again changes nothing. Its time grows with the length of the text.
 */
export const masked = (text: string): string =>
  // Values after names come first: their ends are the farthest, and no other mask hides a name from them.
  withoutOptionValues(withoutNamedValues(text, MASK), MASK)
    .replace(CREDENTIAL, `$1$2${MASK}`)
    .replace(BEARER, `$1$2${MASK}`)
    .replace(DIGEST, `$1$2${MASK}`)
    .replace(JSON_WEB_TOKEN, MASK)
    .replace(USER_IN_ADDRESS, `$1${MASK}@`);
