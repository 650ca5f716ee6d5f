import fc from "fast-check";

/** In a cookie of each generated request, and nowhere else. */
export const CANARY = "canary-7f3a9c51d2";

/** What a scanned site may write to do harm. */
const HOSTILE = [
  "\u001B[2J\u001B]0;title\u0007",
  "\u202Etxt.exe",
  "\u0000\u0008\u009B",
  "<{%fg 77%}>",
  "<script>alert(1)</script>",
  "</style><img src=x onerror=alert(1)>",
  "]]>",
  "&#0;&nbsp;&lt;",
  "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
  "| a | `b` | [c](javascript:alert(1)) @everyone #1",
  "\uD800",
  "\uFFFE",
  "\u2028\u2029\r\n",
  "__proto__",
  "constructor",
  "toString",
  "../../../etc/passwd",
  "x".repeat(5_000),
  "門が開いている",
  "",
];

/** A text: mostly short, often hostile. */
export const text = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
    { weight: 3, arbitrary: fc.string({ maxLength: 40 }) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...HOSTILE), fc.string(), fc.constantFrom(...HOSTILE))
        .map((parts) => parts.join(" ")),
    },
  );

/** A value of a type that nobody agreed on. */
export const oddValue = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, -0, 11, "9.8", [], {}, [[]], [null], { __proto__: null }),
    fc.double({ noNaN: true }),
    text(),
    fc.integer({ min: 1, max: 300 }).map(nested),
    fc.jsonValue({ maxDepth: 3 }),
  );

const nested = (depth: number): unknown => {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};
