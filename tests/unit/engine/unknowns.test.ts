import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { decodeUnknowns, encodeUnknowns } from "../../../provider/engine/unknowns";
import { UNKNOWN } from "../../../provider/lifecycle/unknown";

const PLACEHOLDER = rpc.unknownValue;

test("the SDK's placeholder becomes the lifecycles' word at any depth, and comes back", () => {
  const wire = { a: PLACEHOLDER, b: { c: [1, PLACEHOLDER, { d: PLACEHOLDER }] }, e: null, f: "text" };
  const known = { a: UNKNOWN, b: { c: [1, UNKNOWN, { d: UNKNOWN }] }, e: null, f: "text" };

  expect(decodeUnknowns(wire)).toEqual(known);
  expect(encodeUnknowns(known)).toEqual(wire);
});

test("a text that only holds the placeholder is a text", () => {
  const value = { a: `${PLACEHOLDER} ` };

  expect(decodeUnknowns(value)).toEqual(value);
});

test("what was handed in is not changed", () => {
  const wire = Object.freeze({ a: Object.freeze([PLACEHOLDER]) });

  decodeUnknowns(wire);

  expect(wire.a).toEqual([PLACEHOLDER]);
});
