import { SECRET_NAME } from "./secret-names";
import type { Span } from "./spans";
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

/** The values beside secret names, up to the end of their quotes, their element or their line. They may overlap. */
export function namedValuesIn(text: string): Span[] {
  const ends = new ValueEnds(text);
  const after = Array.from(text.matchAll(NAME), ({ index, 0: name }) => valueAfter(text, name, index, ends));
  const before = Array.from(
    text.matchAll(VALUE_BEFORE_NAME),
    ({ index, 0: all, 1: opening = "", 2: closing = "" }) => ({
      start: index + opening.length,
      end: index + all.length - closing.length,
    }),
  );
  return [...after, ...before].filter((span) => span !== undefined);
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
