// @ts-check

/** Line breaks and tabs stay; joiners, which emoji and some scripts need, change neither order nor position. */
const UNSEEN = /[^\P{Cc}\n\t]|[^\P{Cf}\u200c\u200d]|[\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Makes invisible characters visible, as `[U+202E]`: control characters, marks that change the direction of
 * text, zero-width characters and lone surrogates. A finding could otherwise show a different text than it contains.
 * @param {string} text
 * @returns {string}
 */
export function plain(text) {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
