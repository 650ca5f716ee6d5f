import { digestOf } from "../../../../../provider/lifecycle/triggers/digest";

/**
 * Value, its canonical text, and what `printf '%s' TEXT | sha256sum` gives for it. These are in users' states: a line that
 * has to change here starts a scan at every user's next deployment.
 */
const DIGESTS: readonly [string, unknown, string][] = [
  ['"sha256:0f1e"', "sha256:0f1e", "88d7a76b2c03c82d0ef4757be5c072154dbf0a68cc9a0af73cab7235408ba4b2"],
  ["42", 42, "73475cb40a568e8da8a045ced110137e159f890ac4da883b6b17dc651b3a8049"],
  ["1.5", 1.5, "9f29a130438b81170b92a42650f9a94291ecad60bd47af2a3886e75f7f728725"],
  ["false", false, "fcbcf165908dd18a9e49f7ff27810176db8e9f63b4352213741664245224f8aa"],
  ["null", null, "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b"],
  ["undefined", undefined, "eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c"],
  ['"undefined"', "undefined", "cf939b398b75f0a65d78fbc06aaf35308fa67b9dd3dd0de3a961c4796f1be0e6"],
  ["{}", {}, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"],
  ["[]", [], "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"],
  ["[undefined,null]", [undefined, null], "f1cabc31c210279fc4e0bbb37f3a4180bf62b6a5f2baab864b76da322117d1c7"],
  ['{"a":undefined}', { a: undefined }, "6a52fa367b4e61b31d75eb0b0f4a5265bedfd76bc748585f4ef62fa674370a02"],
  [
    '{"a":{"b":{"c":undefined}}}',
    { a: { b: { c: undefined } } },
    "e2501ff4a757aa19f3fd68f9408355df21866e4f2814340d2a342ff970b40362",
  ],
  [
    '{"a":1,"b":[true,null,"x"]}',
    { b: [true, null, "x"], a: 1 },
    "eca8cfb31ab74533e1eb2f4c74d2d55dfe3c79ac704787e54be8647ea7777eb1",
  ],
  ['"Zürich 東京 🚀"', "Zürich 東京 🚀", "ff506c8388cab62e0087696995f73f85c9c8f12e55868201eaa339dd1c0c633c"],
  ['"line\\nbreak"', "line\nbreak", "318bf1a24e5e010b278233e72172c9e6bfc5a2bb44a2d452a3de31460848093c"],
  [
    "a time as its ISO text",
    new Date("2026-01-02T03:04:05.678Z"),
    "55e0aaf42154591d9bb5063e7f062431a6c9c9d6d1efc284fc61dd977c2b96cd",
  ],
];

test.each(DIGESTS)("the digest of %s is the SHA-256 of that text", (_text, value, digest) => {
  expect(digestOf(value)).toBe(digest);
});

test("keys are in the order of their code units, whatever the object's own order is", () => {
  const expected = "16754deb0ca096a5f05206864f7c310ca40c0bcff97e7e5e5548bd9d10709599";

  expect(digestOf({ Ä: "w", a: "x", 2: "y", 10: "z" })).toBe(expected);
  expect(digestOf({ 10: "z", a: "x", Ä: "w", 2: "y" })).toBe(expected);
  expect(digestOf({ a: 2, B: 1 })).toBe("812e5e7fb7bb816dc477e91a136430192eadcf83ff303881298146e106ae0161");
});

test("nested keys are sorted as well, and items of a list are not", () => {
  expect(digestOf({ outer: [{ b: 1, a: 2 }] })).toBe(digestOf({ outer: [{ a: 2, b: 1 }] }));
  expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
});

test.each([
  ["an absent key and an undefined one", { a: undefined }, {}],
  ["undefined and null", undefined, null],
  ["a number and its text", 1, "1"],
  ["a list and an object of the same items", ["x"], { 0: "x" }],
  ["one text and two that join to it", ["ab"], ["a", "b"]],
])("%s have different digests", (_what, one, other) => {
  expect(digestOf(one)).not.toBe(digestOf(other));
});

test.each([
  ["function", () => undefined],
  ["symbol", Symbol("x")],
  ["bigint", 1n],
])("a %s inside a value is refused by name", (type, value) => {
  expect(() => digestOf({ nested: [value] })).toThrow(new TypeError(`a trigger cannot be a ${type}`));
});
