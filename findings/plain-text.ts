const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const UNPRINTABLE_BUT_LINE_ENDS = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const REPLACEMENT = "\uFFFD";

/**
 * How the engine's own colours begin (`<{%fg 1%}>`). It takes them from any text that it is told, and ends in a panic at one
 * that it does not know (measured with CLI 3.259), so that a scanned site could break off the deployment.
 */
const ENGINE_COLOR = /<(?=\{%)/g;

/**
 * Text of a scanned site or of a tool, made safe to print: whatever could steer a terminal or turn the reading direction
 * (control characters, line ends, invisible and bidirectional marks, halves of characters) becomes the sign for an unreadable
 * character, and so does the beginning of a colour of the engine.
 */
export const plainText = (text: string): string =>
  text.replace(UNPRINTABLE, REPLACEMENT).replace(ENGINE_COLOR, REPLACEMENT);

/** As `plainText`, for texts of several lines: line ends and tabs stay. */
export const plainLines = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(UNPRINTABLE_BUT_LINE_ENDS, REPLACEMENT).replace(ENGINE_COLOR, REPLACEMENT);
