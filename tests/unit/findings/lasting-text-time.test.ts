import { lastingText } from "../../../findings/fingerprint";

// Any of these in quadratic time would take minutes; the limit leaves room for a busy machine.
test.each([
  "a",
  "0",
  "'",
  "'a",
  '"',
  "/",
  "(/",
  "'/?",
  "https://",
  "https://a ",
  "payload",
  "name ",
  "aaaaaaaa-",
  "x.",
  ".,",
  "ab1",
  " ",
])("a text of 1 MiB of %j takes no long time", (unit) => {
  const information = unit.repeat(Math.ceil(1_048_576 / unit.length));
  const startedAtMs = performance.now();
  for (const host of [undefined, unit, `${"a".repeat(250)}b.c`]) lastingText(information, host);

  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
});
