import { defaultValue, unwrapped, withDefault } from "../../../scripts/schema/docstring";

test.each([
  ["lines of a paragraph", "one\ntwo\n\nthree\nfour", "one two\n\nthree four"],
  ["items of a list", "these:\n\n- one\n  more\n- two", "these:\n\n- one more\n- two"],
  ["a list right below a text", "these:\n- one\n- two", "these:\n- one\n- two"],
  ["what other languages do not have", "Undefined there, undefined here", "Absent there, absent here"],
])("joins %s", (_name, text, joined) => {
  expect(unwrapped(text)).toBe(joined);
});

test.each([
  ["words", "no limit", "What. Default: no limit."],
  ["a text", '"high"', 'What. Default: "high".'],
  ["an empty list", "[]", "What. Default: none."],
  ["an empty object", "{}", "What. Default: none."],
])("a description ends with its default: %s", (_name, byDefault, text) => {
  expect(withDefault({ text: "What.", default: byDefault })).toBe(text);
});

test("a description of several paragraphs ends with a paragraph for its default", () => {
  expect(withDefault({ text: "What.\n\n- one", default: "none" })).toBe("What.\n\n- one\n\nDefault: none.");
});

test.each([
  ['"high"', "high"],
  ["3600", 3600],
  ["false", false],
  ["67108864 (64 MiB)", undefined],
  ['"a"; at Veracode "b"', undefined],
  ["no limit", undefined],
  [undefined, undefined],
])("of the default %p the value is %p", (byDefault, value) => {
  expect(defaultValue(byDefault)).toBe(value);
});
