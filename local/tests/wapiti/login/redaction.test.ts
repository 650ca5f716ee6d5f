import { createRedactor } from "../../../src/scanners/wapiti/login/redaction";

test.each([
  ["as it is", "a pass&word+1 b", "a [hidden] b"],
  ["in an address", "/x?y=pass%26word%2B1&z", "/x?y=[hidden]&z"],
  ["in HTML", "<p>pass&amp;word+1</p>", "<p>[hidden]</p>"],
  ["twice, and one that is part of another", "pass&word+1 word+1", "[hidden] [hidden]"],
  ["not if it is shorter than 4 characters", "abc", "abc"],
])("a secret is hidden %s", (_case, text, expected) => {
  expect(createRedactor(new Set(["word+1", "pass&word+1", "abc"])).text(text)).toBe(expected);
});

test("secrets that are added later are hidden, in all texts of a value", () => {
  const secrets = new Set<string>();
  const redactor = createRedactor(secrets);
  secrets.add("hush-1");

  expect(redactor.all({ a: ["x hush-1"], b: { c: "hush-1" }, d: 1 })).toEqual({
    a: ["x [hidden]"],
    b: { c: "[hidden]" },
    d: 1,
  });
});
