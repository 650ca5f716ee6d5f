const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const UNPRINTABLE_BUT_LINE_ENDS = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const REPLACEMENT = "\uFFFD";

/**
 * The start of an engine colour (`<{%fg 1%}>`). The engine interprets these in any text it prints, and panics on one it does
 * not know (measured with CLI 3.259), so a scanned site could abort the deployment.
 */
const ENGINE_COLOR = /<(?=\{%)/g;

/**
 * Makes text from a scanned site or a tool safe to print: control characters, line ends, invisible and bidirectional marks,
 * lone surrogates, noncharacters and the start of engine colours become the replacement character U+FFFD.
 */
export const plainText = (text: string): string =>
  text.replace(UNPRINTABLE, REPLACEMENT).replace(ENGINE_COLOR, REPLACEMENT);

/** Like `plainText`, but keeps line ends and tabs. */
export const plainLines = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(UNPRINTABLE_BUT_LINE_ENDS, REPLACEMENT).replace(ENGINE_COLOR, REPLACEMENT);

/** Replaces the start of engine colours in all strings of the data. Other characters stay. */
export function withoutEngineColors(data: unknown): unknown {
  if (typeof data === "string") return data.replace(ENGINE_COLOR, REPLACEMENT);
  if (Array.isArray(data)) return data.map(withoutEngineColors);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withoutEngineColors(value)]));
}

/** Whether a text starts an engine colour, known to the engine or not. */
export const hasEngineColor = (text: string): boolean => text.search(ENGINE_COLOR) >= 0;

const ELLIPSIS = "\u2026";

/** Cuts a text to at most `most` characters (UTF-16), including the ellipsis, and never in the middle of a surrogate pair. */
export function truncated(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, Math.max(0, most - ELLIPSIS.length)).replace(/[\uD800-\uDBFF]$/, "") + ELLIPSIS;
}

/** `1 finding`, `2 findings`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The engine's own colours: only the engine knows whether its output is coloured (a terminal, `--color`, `NO_COLOR`). */
export const ENGINE_COLORS = {
  red: "<{%fg 1%}>",
  yellow: "<{%fg 3%}>",
  blue: "<{%fg 4%}>",
  magenta: "<{%fg 5%}>",
  reset: "<{%reset%}>",
} as const;

/** Like `plainLines`, for text that may contain a table of findings: keeps the colours above, which the engine knows. */
export const plainTable = (text: string): string =>
  text
    .replace(UNPRINTABLE_BUT_LINE_ENDS, REPLACEMENT)
    .replace(ENGINE_COLOR, (start, at: number) =>
      Object.values(ENGINE_COLORS).some((color) => text.startsWith(color, at)) ? start : REPLACEMENT,
    );
