import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";
import {
  Archive,
  Asset,
  decode,
  encode,
  hasSecret,
  markedLike,
  plain,
  ResourceReference,
  Secret,
  withSecrets,
} from "../../../../provider/wire/properties";
import {
  archive,
  asset,
  output,
  reference,
  secret,
  UNKNOWN as UNKNOWN_WIRE,
} from "../../../contract/plugin/plugin-client";

const WIRE = {
  text: "a",
  nothing: null,
  list: [1, true, secret(["b"])],
  unknown: { deep: UNKNOWN_WIRE },
  file: asset({ hash: "1", path: "a.js" }),
  folder: archive({ hash: "2", path: "dist" }),
  project: reference("urn:pulumi:dev::shops::crashtest:index:Project::shop"),
};

const VALUES = {
  text: "a",
  nothing: null,
  list: [1, true, new Secret(["b"])],
  unknown: { deep: UNKNOWN },
  file: new Asset({ hash: "1", path: "a.js" }),
  folder: new Archive({ hash: "2", path: "dist" }),
  project: new ResourceReference("urn:pulumi:dev::shops::crashtest:index:Project::shop"),
};

test("values are decoded and encoded", () => {
  expect(decode(Struct.fromJavaScript(WIRE))).toEqual(VALUES);
  expect(encode(VALUES).toJavaScript()).toEqual(WIRE);
});

test("outputs are decoded as their values, and as unknown without one", () => {
  const wire = { known: output({ value: "a" }), unknown: output({}), hidden: output({ value: 1, secret: true }) };

  expect(decode(Struct.fromJavaScript(wire))).toEqual({ known: "a", unknown: UNKNOWN, hidden: new Secret(1) });
});

test.each([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
])("%s is an unknown value of some type", (text) => {
  expect(decode(Struct.fromJavaScript({ a: text }))).toEqual({ a: UNKNOWN });
});

test("a dynamic provider's text is left out, and so are undefined members", () => {
  expect(decode(Struct.fromJavaScript({ a: 1, __provider: "exports..." }))).toEqual({ a: 1 });
  expect(encode({ a: 1, b: undefined }).toJavaScript()).toEqual({ a: 1 });
  expect(decode(undefined)).toEqual({});
});

test("secrets are found and unwrapped at any depth", () => {
  const nested = { a: [{ b: new Secret({ c: new Secret(1) }) }] };

  expect([hasSecret(nested), plain(nested)]).toEqual([true, { a: [{ b: { c: 1 } }] }]);
  expect(hasSecret(plain(nested))).toBe(false);
});

test.each([
  ["at the same place", { a: { b: 1, c: 2 } }, { a: { b: new Secret(0) } }, { a: { b: new Secret(1), c: 2 } }],
  ["as a whole", { a: { b: 1 } }, { a: new Secret(0) }, { a: new Secret({ b: 1 }) }],
  ["as a whole where the shapes differ", { a: [1] }, { a: { b: new Secret(0) } }, { a: new Secret([1]) }],
  ["once", { a: new Secret(1) }, { a: new Secret(0) }, { a: new Secret(1) }],
  ["nowhere", { a: 1 }, { b: new Secret(0) }, { a: 1 }],
])("a value is marked like others: %s", (_where, values, marked, expected) => {
  expect(markedLike(values, marked)).toEqual(expected);
});

test("properties are marked as secrets, with all that is in them", () => {
  expect(withSecrets({ a: { b: new Secret(1) }, c: 2, d: undefined, e: new Secret(3) }, ["a", "d", "e"])).toEqual({
    a: new Secret({ b: 1 }),
    c: 2,
    d: undefined,
    e: new Secret(3),
  });
});
