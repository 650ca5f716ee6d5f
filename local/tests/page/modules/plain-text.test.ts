import { plain } from "../../../page/plain-text.js";

test.each([
  ["text stays", "Größe <b> & 漢字 👩‍💻", "Größe <b> & 漢字 👩‍💻"],
  ["lines and tabs stay", "a\n\tb", "a\n\tb"],
  ["other line ends become lines", "a\r\nb\rc", "a\nb\nc"],
  ["a terminal's escape", "\u001b[31mred\u0007", "[U+001B][31mred[U+0007]"],
  ["a NUL and a DEL", "\u0000\u007f", "[U+0000][U+007F]"],
  ["a control character of the upper range", "\u009b", "[U+009B]"],
  ["marks that turn the direction", "\u202egnp.exe\u202c \u2066x\u2069", "[U+202E]gnp.exe[U+202C] [U+2066]x[U+2069]"],
  ["a blank without a width and a soft hyphen", "a\u200bb\u00adc", "a[U+200B]b[U+00AD]c"],
  ["separators of lines and paragraphs", "\u2028\u2029", "[U+2028][U+2029]"],
  ["half a character", "a\ud800b", "a[U+D800]b"],
  ["a tag that nobody sees, beyond 16 bits", "\u{e0041}", "[U+E0041]"],
])("%s", (_name, text, expected) => {
  expect(plain(text)).toBe(expected);
});
