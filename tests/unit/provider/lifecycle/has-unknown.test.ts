import { UNKNOWN, hasUnknown } from "../../../../provider/lifecycle/lifecycle";

test.each([
  [UNKNOWN, true],
  [{ form: [{ password: UNKNOWN }] }, true],
  [{ basic: { username: "ann" } }, false],
  [null, false],
])("%p is unknown, or contains what is: %p", (value, expected) => {
  expect(hasUnknown(value)).toBe(expected);
});
