import fc from "fast-check";
import { plainLines, plainTable, plainText, truncated, withoutEngineColors } from "../../../errors/plain-text";

test.each([
  ["an escape", "\u001B[31m"],
  ["a line end", "\n"],
  ["a carriage return", "\r"],
  ["a tab", "\t"],
  ["a null", "\0"],
  ["a delete", "\u007F"],
  ["a C1 control sequence", "\u009B"],
  ["a right-to-left override", "\u202E"],
  ["a right-to-left isolate", "\u2067"],
  ["an Arabic letter mark", "\u061C"],
  ["a zero-width space", "\u200B"],
  ["a byte order mark", "\uFEFF"],
  ["a soft hyphen", "\u00AD"],
  ["a tag character", "\u{E0041}"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
  ["the first half of a character", "\uD83D"],
  ["the second half of a character", "\uDEAA"],
  ["what is no character", "\uFFFF"],
  ["what is no character, of two halves", "\u{1FFFE}"],
])("%s becomes the sign for an unreadable character", (_what, mark) => {
  const [first = "", ...rest] = Array.from(mark);

  expect(first).not.toBe("\uFFFD");
  expect(plainText(`a${mark}b`)).toBe(`a\uFFFD${rest.join("")}b`);
});

test.each(["", "GET /items?q=1", "Überschrift – „東京“ 🚪", "a  b", "e\u0301", "<script>alert('x')</script>"])(
  "%j stays as it is",
  (text) => {
    expect(plainText(text)).toBe(text);
  },
);

test.each<[text: string, plain: string]>([
  ["<{%fg 1%}>", "\uFFFD{%fg 1%}>"],
  ["<<{%<{%", "<\uFFFD{%\uFFFD{%"],
  ["< {% <%", "< {% <%"],
])("the colours of the engine in %j begin no longer", (text, plain) => {
  expect(plainText(text)).toBe(plain);
  expect(plainLines(text)).toBe(plain);
});

test("of a table its own colours stay, and no other", () => {
  expect(plainTable("<{%fg 1%}>high<{%reset%}> <{%zzz%}>\n\u001B[2J")).toBe(
    "<{%fg 1%}>high<{%reset%}> \uFFFD{%zzz%}>\n\uFFFD[2J",
  );
});

test("of data each text loses the beginnings of colours, and nothing else changes", () => {
  const data = { a: ["<{%zzz%}>\n", 7, null, { b: "<{%<{%" }], c: true, d: undefined };

  expect(withoutEngineColors(data)).toStrictEqual({
    a: ["\uFFFD{%zzz%}>\n", 7, null, { b: "\uFFFD{%\uFFFD{%" }],
    c: true,
    d: undefined,
  });
});

test.each<[text: string, plain: string]>([
  ["<{%fg 1%}>", "\uFFFD{%fg 1%}>"],
  ["<<{%<{%", "<\uFFFD{%\uFFFD{%"],
  ["< {% <%", "< {% <%"],
])("the colours of the engine in %j begin no longer", (text, plain) => {
  expect(plainText(text)).toBe(plain);
  expect(plainLines(text)).toBe(plain);
});

test("of a table its own colours stay, and no other", () => {
  expect(plainTable("<{%fg 1%}>high<{%reset%}> <{%zzz%}>\n\u001B[2J")).toBe(
    "<{%fg 1%}>high<{%reset%}> \uFFFD{%zzz%}>\n\uFFFD[2J",
  );
});

test("of data each text loses the beginnings of colours, and nothing else changes", () => {
  const data = { a: ["<{%zzz%}>\n", 7, null, { b: "<{%<{%" }], c: true, d: undefined };

  expect(withoutEngineColors(data)).toStrictEqual({
    a: ["\uFFFD{%zzz%}>\n", 7, null, { b: "\uFFFD{%\uFFFD{%" }],
    c: true,
    d: undefined,
  });
});

test.each<[text: string, plain: string]>([
  ["a\nb\tc", "a\nb\tc"],
  ["a\r\nb\rc\r", "a\nb\nc\n"],
  ["a\u2028b\u0085c\u000Bd\u202Ee\uD800f", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf"],
])("of the lines %j line ends and tabs stay", (text, plain) => {
  expect(plainLines(text)).toBe(plain);
});

test.each<[text: string, most: number, cut: string]>([
  ["abc", 3, "abc"],
  ["abcd", 3, "ab…"],
  ["", 0, ""],
  ["a", 0, "…"],
  ["abc", 1, "…"],
  ["a\u{1F6AA}bc", 3, "a…"],
  ["a\u{1F6AA}bc", 4, "a\u{1F6AA}…"],
])("%j with at most %d characters is %j", (text, most, cut) => {
  expect(truncated(text, most)).toBe(cut);
});

test("what was made plain stays plain when it is cut, and no longer than it may be", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, most) => {
      const cut = truncated(plainText(text), most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(plainText(cut)).toBe(cut);
    }),
  );
});
