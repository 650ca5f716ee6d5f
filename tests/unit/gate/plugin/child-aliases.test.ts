import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { childAliases } from "../../../../gate/plugin/child-aliases";

const GATE = "urn:pulumi:dev::shops::any:index:Shop$crashtest:index:ScanGate::safer";
const spec = (): Alias.Spec => new Alias.Spec();

const urnsOf = (gate: string, ...aliases: Alias[]): string[] =>
  childAliases(gate, aliases).flatMap((alias) => (alias.hasUrn() ? [alias.getUrn()] : []));

test("a child had another type in a TypeScript program, under the same name", () => {
  const aliases = childAliases(GATE, []);

  expect(aliases.map((alias) => alias.toObject().spec)).toMatchObject([
    { type: "pulumi-nodejs:dynamic/crashtest:Verdict", name: "" },
  ]);
});

test.each([
  [
    "a URN",
    new Alias().setUrn("urn:pulumi:dev::shops::crashtest:index:ScanGate::a::b"),
    "dev::shops::crashtest:index:ScanGate",
    "a::b-verdict",
  ],
  [
    "another name",
    new Alias().setSpec(spec().setName("safe")),
    "dev::shops::any:index:Shop$crashtest:index:ScanGate",
    "safe-verdict",
  ],
  [
    "another type, project and stack",
    new Alias().setSpec(spec().setType("any:index:Gate").setProject("old").setStack("test")),
    "test::old::any:index:Shop$any:index:Gate",
    "safer-verdict",
  ],
  ["no parent", new Alias().setSpec(spec().setNoparent(true)), "dev::shops::crashtest:index:ScanGate", "safer-verdict"],
  [
    "the stack as parent",
    new Alias().setSpec(spec().setParenturn("urn:pulumi:dev::shops::pulumi:pulumi:Stack::shops-dev")),
    "dev::shops::crashtest:index:ScanGate",
    "safer-verdict",
  ],
  [
    "another parent",
    new Alias().setSpec(spec().setParenturn("urn:pulumi:dev::shops::any:index:A$any:index:B::b")),
    "dev::shops::any:index:A$any:index:B$crashtest:index:ScanGate",
    "safer-verdict",
  ],
])("a gate that had %s has a child that had, too, of either type", (_what, alias, types, name) => {
  expect(urnsOf(GATE, alias)).toEqual([
    `urn:pulumi:${types}$crashtest:index:Verdict::${name}`,
    `urn:pulumi:${types}$pulumi-nodejs:dynamic/crashtest:Verdict::${name}`,
  ]);
});
