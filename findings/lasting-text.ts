/** A scanner's payload begins here; not where a cookie, header or parameter happens to have this name. */
const PAYLOAD = /(?<![\w./-])(?<!(?:name|named|cookie|cookie ?:|header|parameter) ["']?)payloads?(?![\w-])/i;

/** Text in quotes. The single quote of `doesn't` opens none. */
const QUOTED = /"[^"]*"|(?<!\w)'[^']*'(?!\w)/g;

/** What a payload is made of, and a name is not. */
const MARKUP_OR_CODE = /[<>;$={}|&\\`]/;

const ADDRESS = /(?:https?|wss?|ftp):\/\/[^\s"<>]*/gi;

/** A path as it begins a word, with a query after it. */
const PATH_AND_QUERY = /(^|[\s"'(])(\/[^\s?#"'(<>]*)(?:[?#][^\s"<>]*)?/g;

/** Whatever follows an address as punctuation of its sentence. */
const PUNCTUATION = ".,;:!?)]}'";

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const LONG_NUMBER = /\d{10,}/g;
const LONG_WORD = /[0-9A-Za-z]{16,}/g;
const LONG_HEX = /[0-9a-f]{16,}/gi;

const MIN_CHANGES = 5;

/** A host has at most 253 characters, then a port; anything longer is none. */
const MAX_HOST_LENGTH = 260;

/**
 * What a finding's text says in every scan of the same hole: without payloads, UUIDs and random words, and without host,
 * scheme and query of addresses, of which the path stays. Names (of cookies, headers, products), versions and ports stay.
 * Its time grows with the length of the text and no faster.
 *
 * It is part of the fingerprints in users' files: what it gives for a text never changes.
 *
 * @param host the host of the finding's place; addresses without a scheme are known by it.
 */
export function lastingText(information: string, host?: string): string {
  const text = information.replace(/\s{2,}|[^\S ]/g, " ");
  const payloadAt = text.search(PAYLOAD);
  const sentence = payloadAt < 0 ? text : text.slice(0, payloadAt);
  return withoutHost(sentence.replace(ADDRESS, pathOf), host)
    .replace(PATH_AND_QUERY, "$1$2")
    .replace(QUOTED, (quoted) => (MARKUP_OR_CODE.test(quoted) ? "" : quoted))
    .replace(UUID, "")
    .replace(LONG_HEX, (word) => (/\d/.test(word) ? "" : word))
    .replace(LONG_NUMBER, "")
    .replace(LONG_WORD, (word) => (isRandom(word) ? "" : word))
    .replace(/ {2,}/g, " ")
    .trim();
}

function pathOf(address: string): string {
  const rest = address.slice(address.indexOf("://") + 3);
  const pathAt = rest.search(/[/?#]/);
  const queryAt = rest.search(/[?#]/);
  const path = pathAt < 0 ? "" : rest.slice(pathAt, queryAt < 0 ? rest.length : queryAt);
  let end = path.length;
  while (end > 0 && PUNCTUATION.includes(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end) || "/";
}

/** Cuts the host out where it stands by itself or begins an address; one that is a plain word only where a path follows. */
function withoutHost(text: string, host: string | undefined): string {
  if (host === undefined || host === "" || host.length > MAX_HOST_LENGTH) return text;
  const isEnd = /[.:]/.test(host) ? /^(?![\w:-]|\.\w)/ : /^[/?#]/;
  const [first = "", ...rest] = text.split(host);
  let before = first;
  const kept = rest.map((part) => {
    const isHost = !/[\w.-]/.test(before.slice(-1)) && isEnd.test(part);
    before = part === "" ? host : part;
    return isHost ? part : host + part;
  });
  return first + kept.join("");
}

/** Letters and digits that change places again and again: no name and no version is like that. */
function isRandom(word: string): boolean {
  const changes = word.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  return changes >= MIN_CHANGES;
}
