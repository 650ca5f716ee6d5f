/** Longer texts are cut for the page: the reports have all of them. */
export const MAX_TEXT_LENGTH = 4000;

/** The text, cut where it is longer than the page shows; never in the middle of a character. */
export function boundedText(text: string, maxLength: number = MAX_TEXT_LENGTH): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}… (${text.length - kept.length} more characters in the reports)`;
}
