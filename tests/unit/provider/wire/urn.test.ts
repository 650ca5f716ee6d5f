import { composeUrn, parseUrn, typesWithin } from "../../../../provider/wire/urn";

const TYPES = ["any:index:Shop", "any:index:Part"];

test.each([
  ["at the top", "dev::shops::crashtest:index:Scan::nightly", { parentTypes: [], name: "nightly" }],
  [
    "in components",
    "dev::shops::any:index:Shop$any:index:Part$crashtest:index:Scan::nightly",
    { parentTypes: TYPES, name: "nightly" },
  ],
  ["with any characters in its name", "dev::shops::crashtest:index:Scan::a::b$c", { parentTypes: [], name: "a::b$c" }],
])("the URN of a resource %s has these parts, and is made of them again", (_where, path, expected) => {
  const parts = parseUrn(`urn:pulumi:${path}`);

  expect(parts).toEqual({ stack: "dev", project: "shops", type: "crashtest:index:Scan", ...expected });
  expect(composeUrn(parts)).toBe(`urn:pulumi:${path}`);
});

test("a child's types begin with those of its parent, unless that is the stack", () => {
  expect(typesWithin("urn:pulumi:dev::shops::any:index:Shop$any:index:Part::p")).toEqual(TYPES);
  expect(typesWithin("urn:pulumi:dev::shops::pulumi:pulumi:Stack::shops-dev")).toEqual([]);
});
