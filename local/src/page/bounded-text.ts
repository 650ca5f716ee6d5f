/** Longer texts are truncated on the page: the reports have all of them. */
export const MAX_TEXT_LENGTH = 4000;

/** Truncates a text that is longer than the page shows; never in the middle of a character. */
export function boundedText(text: string, maxLength: number = MAX_TEXT_LENGTH): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}… (${text.length - kept.length} more characters in the reports)`;
}
