// @ts-check

/** Line ends and tabs stay; the joiners, which emoji and some scripts need, change neither order nor place. */
const UNSEEN = /[^\P{Cc}\n\t]|[^\P{Cf}\u200c\u200d]|[\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The text with what cannot be seen made visible, as `[U+202E]`: control characters, marks that turn the direction of
 * text, invisible ones and lone surrogates. A finding could otherwise show another text than it has.
 * @param {string} text
 * @returns {string}
 */
export function plain(text) {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
