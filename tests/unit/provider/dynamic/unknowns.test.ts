import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { decodeUnknowns, encodeUnknowns } from "../../../../provider/dynamic/dynamic-provider";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";

const valuesWith = (unknown: unknown) => ({
  url: unknown,
  triggers: { image: unknown, build: "aaa" },
  list: ["a", unknown, [unknown]],
  count: 7,
  isOn: false,
  nothing: null,
});

test("the SDK's placeholder becomes the lifecycles' word, at any depth", () => {
  expect(decodeUnknowns(valuesWith(unknownValue))).toEqual(valuesWith(UNKNOWN));
});

test("the lifecycles' word becomes the SDK's placeholder, at any depth", () => {
  expect(encodeUnknowns(valuesWith(UNKNOWN))).toEqual(valuesWith(unknownValue));
});

test("a text that only contains the placeholder is a text", () => {
  const values = { url: `https://${unknownValue}.example`, name: "" };

  expect(decodeUnknowns(values)).toEqual(values);
});

test("the values that were given stay as they are", () => {
  const given = valuesWith(unknownValue);

  decodeUnknowns(given);

  expect(given).toEqual(valuesWith(unknownValue));
});
