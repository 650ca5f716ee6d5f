import { plainText } from "../../../findings/plain-text";

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
