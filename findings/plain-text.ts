const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const UNPRINTABLE_BUT_LINE_ENDS = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const REPLACEMENT = "\uFFFD";

/**
 * How the engine's own colours begin (`<{%fg 1%}>`). It takes them from any text that it is told, and ends in a panic at one
 * that it does not know (measured with CLI 3.259), so that a scanned site could break off the deployment.
 */
const ENGINE_COLOR = /<(?=\{%)/g;

/**
 * Text of a scanned site or of a tool, made safe to print: whatever could steer a terminal or turn the reading direction
 * (control characters, line ends, invisible and bidirectional marks, halves of characters), and what is no character, becomes the sign for an unreadable
 * character, and so does the beginning of a colour of the engine.
 */
export const plainText = (text: string): string =>
  text.replace(UNPRINTABLE, REPLACEMENT).replace(ENGINE_COLOR, REPLACEMENT);

/** As `plainText`, for texts of several lines: line ends and tabs stay. */
export const plainLines = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(UNPRINTABLE_BUT_LINE_ENDS, REPLACEMENT).replace(ENGINE_COLOR, REPLACEMENT);

/** As `plainLines`, for a table of plain cells, whose own colours stay: the engine knows those. */
export const plainTable = (text: string, colors: readonly string[]): string => {
  const isOwn = (at: number): boolean => colors.some((color) => text.startsWith(color, at));
  return text
    .replace(UNPRINTABLE_BUT_LINE_ENDS, REPLACEMENT)
    .replace(ENGINE_COLOR, (begin, at: number) => (isOwn(at) ? begin : REPLACEMENT));
};

/** Data whose texts the engine may print: none of them begins one of its colours. Other characters stay. */
export function withoutEngineColors(data: unknown): unknown {
  if (typeof data === "string") return data.replace(ENGINE_COLOR, REPLACEMENT);
  if (Array.isArray(data)) return data.map(withoutEngineColors);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withoutEngineColors(value)]));
}

/** Whether a text begins a colour of the engine, known to it or not. */
export const hasEngineColor = (text: string): boolean => text.search(ENGINE_COLOR) >= 0;

const ELLIPSIS = "\u2026";

/**
 * The beginning of a text, with an ellipsis where something is left out: at most `most` characters, counted as JavaScript
 * does (UTF-16), with no half of one at the end. The text itself where it is not longer.
 */
export function truncated(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, Math.max(0, most - ELLIPSIS.length)).replace(/[\uD800-\uDBFF]$/, "") + ELLIPSIS;
}
