import { childName, childUrn } from "../../../../gate/host/child-urn";

test.each([
  ["at the top", "dev::shops::crashtest:index:ScanGate", "safe"],
  ["in a component", "dev::shops::any:index:Shop$crashtest:index:ScanGate", "safe"],
  ["with any characters in its name", "dev::shops::crashtest:index:ScanGate", "a::b$c"],
])("a gate %s has its child's URN", (_where, path, name) => {
  expect(childUrn(`urn:pulumi:${path}::${name}`, "any:index:Verdict")).toBe(
    `urn:pulumi:${path}$any:index:Verdict::${childName(name)}`,
  );
});
