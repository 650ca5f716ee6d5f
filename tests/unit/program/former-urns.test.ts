import { siblingUrn } from "../../../program/former-urns";

test.each([
  ["at the top", "dev::shops::", "shop"],
  ["in a component", "dev::shops::any:index:Shop$", "shop"],
  ["with any characters in its name", "dev::shops::", "a::b$c"],
])("a resource %s has a sibling with the same parents, and with a suffix to its name", (_where, path, name) => {
  expect(siblingUrn(`urn:pulumi:${path}any:index:Project::${name}`, "any:index:Scan", "-scan")).toBe(
    `urn:pulumi:${path}any:index:Scan::${name}-scan`,
  );
});
