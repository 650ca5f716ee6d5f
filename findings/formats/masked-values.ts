import { SECRET_NAME } from "./secret-names";
import { QUOTE, ValueEnds } from "./value-ends";

const NAME = new RegExp(SECRET_NAME, "gi");

/**
 * What stands between a secret name and its value. Prose such as "the cookie with the name" has nothing of it.
 *
 * - sign: `Cookie: `, `"Cookie":"`, `\"Cookie\":\"`, `'Cookie' => '`, `[Cookie] => `, `cookie=`
 * - listed: `"Cookie", "`, `"name":"Cookie","value":"`, `name="Cookie" value="`
 * - element: `name="Cookie">`, and the `>` of `<Cookie>`
 */
const SEPARATOR = new RegExp(
  [
    String.raw`(?<closed>${QUOTE}|\])?[ \t]{0,64}(?<sign>=>|[:=]|&#58;|%3A|%3D)(?:[ \t]|%20){0,64}`,
    String.raw`${QUOTE}\s{0,64}(?:,\s{0,64}(?:${QUOTE}values?${QUOTE}\s{0,64}(?::|=>)\s{0,64})?|\svalue\s{0,64}=\s{0,64})`,
    String.raw`(?<element>(?:${QUOTE}\s{0,64}|(?<=<[\w-]{1,64}))>)`,
  ].join("|"),
  "iy",
);

/** The value stands before its name: `"value":"...","name":"Cookie"`. */
const VALUE_BEFORE_NAME = new RegExp(
  String.raw`(["']values?\\*["']\s{0,64}:\s{0,64}\\*["'])[^"'\r\n\\]+` +
    String.raw`(\\*["']\s{0,64},\s{0,64}\\*["'](?:name|key|header|field)\\*["']\s{0,64}:\s{0,64}\\*["']${SECRET_NAME})`,
  "gi",
);

/** A header's value goes on to the end of its line; the value of a parameter does not. */
const IS_HEADER = /(?:cookies?2?|authorization)$/i;

/** A text in which the values beside secret names are replaced, up to the end of their quotes, their element or their line. */
export function withoutNamedValues(text: string, mask: string): string {
  const ends = new ValueEnds(text);
  let result = "";
  let at = 0;
  for (const { index, 0: name } of text.matchAll(NAME)) {
    const value = index < at ? undefined : valueAfter(text, name, index, ends);
    if (value === undefined) continue;
    result += text.slice(at, value.start) + mask;
    at = value.end;
  }
  return (result + text.slice(at)).replace(VALUE_BEFORE_NAME, `$1${mask}$2`);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function valueAfter(text: string, name: string, index: number, ends: ValueEnds): Span | undefined {
  SEPARATOR.lastIndex = index + name.length;
  const separator = SEPARATOR.exec(text);
  if (separator === null) return undefined;
  const { closed, sign, element } = separator.groups ?? {};
  // An option of a command line (`--cookie=`) ends where its word ends, see `masked-options.ts`.
  if (sign === "=" && name.startsWith("-")) return undefined;
  const own = ends.quoteAt(SEPARATOR.lastIndex);
  const start = SEPARATOR.lastIndex + (own?.length ?? 0);
  const isParameter = sign === "=" && (!IS_HEADER.test(name) || /[?&;]/.test(text.charAt(index - 1)));
  // A header that is quoted with its name: 'Cookie: a=1'.
  const outer = sign !== undefined && closed === undefined ? ends.quoteBefore(index) : undefined;
  const end = (): number => {
    if (own !== undefined) return ends.ofQuoted(start, own);
    if (isParameter) return ends.ofParameter(start);
    if (outer !== undefined) return ends.ofQuoted(start, outer);
    return element === undefined ? ends.ofLine(start) : ends.ofElement(start);
  };
  const span = { start, end: end() };
  return text.slice(span.start, span.end).trim() === "" ? undefined : span;
}
