/** What stands in the place of a secret. */
export const MASK = "[masked]";

/** Headers whose values let somebody in; with the ends that their names have in the wild (`X-Auth-Token`, `X-Api-Key`). */
const SECRET_NAME = String.raw`(?:set-)?cookie2?|(?:proxy-)?authorization|[\w-]*(?:api[-_]?key|auth[-_]?token|access[-_]?token|csrf[-_]?token|xsrf[-_]?token)`;

/** A header with its value, up to the end of the line or of the quoted text that holds it. */
const SECRET_HEADER = new RegExp(
  String.raw`((?<![\w-])(?:${SECRET_NAME})["']?[ \t]*(?::|=>)[ \t]*["']?)([^\r\n"']+)`,
  "gi",
);
/** A credential that names its scheme, wherever it stands. */
const CREDENTIAL = /\b(Bearer|Basic|Digest|Negotiate|NTLM)([ \t]+)[A-Za-z0-9._~+/=-]{6,}/g;
const USER_IN_ADDRESS = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]*@/gi;

const IS_SECRET_NAME = new RegExp(`^(?:${SECRET_NAME})$`, "i");

/** Whether the value under this name, of a header or a field, lets somebody in. */
export const isSecretName = (name: string): boolean => IS_SECRET_NAME.test(name.trim());

/** A text without what stands in it as cookie, as authorization, or as user of an address. Names stay, to be recognised. */
export const masked = (text: string): string =>
  text.replace(SECRET_HEADER, `$1${MASK}`).replace(CREDENTIAL, `$1$2${MASK}`).replace(USER_IN_ADDRESS, `$1${MASK}@`);
