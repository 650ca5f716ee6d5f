import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { TYPE_MODULE } from "../../provider/dynamic/provider-text";
import { childUrn } from "../host/child-urn";

export const CHILD_TYPE = "crashtest:index:Verdict";
/** The child's type in a stack whose gate was one of the TypeScript package: its state, and so its baseline, is taken over. */
const EARLIER_TYPE = `${TYPE_MODULE}:Verdict`;

const STACK_TYPE = "pulumi:pulumi:Stack";

/** Returns what a gate's child was called before, by the aliases of its gate. */
export function childAliases(gateUrn: string, aliasesOfGate: readonly Alias[]): Alias[] {
  const former = aliasesOfGate.map((alias) => {
    const spec = alias.getSpec();
    return spec === undefined ? alias.getUrn() : formerUrn(spec, gateUrn);
  });
  const urns = former.flatMap((urn) => [CHILD_TYPE, EARLIER_TYPE].map((type) => childUrn(urn, type)));
  const ofOtherType = new Alias().setSpec(new Alias.Spec().setType(EARLIER_TYPE));
  return [ofOtherType, ...urns.map((urn) => new Alias().setUrn(urn))];
}

/** Returns a gate's former URN: what an alias leaves out is as it is now. */
function formerUrn(spec: Alias.Spec, gateUrn: string): string {
  const [stack = "", project = "", types = "", ...name] = gateUrn.replace(/^urn:pulumi:/, "").split("::");
  const own = types.split("$");
  const parents = spec.getNoparent() ? [] : (parentTypes(spec.getParenturn()) ?? own.slice(0, -1));
  const type = [...parents, spec.getType() || (own.at(-1) ?? "")].join("$");
  const path = [spec.getStack() || stack, spec.getProject() || project, type, spec.getName() || name.join("::")];
  return `urn:pulumi:${path.join("::")}`;
}

/** The stack is no part of a URN's types. */
const parentTypes = (urn: string): readonly string[] | undefined =>
  urn === ""
    ? undefined
    : urn
        .split("::")[2]
        ?.split("$")
        .filter((type) => type !== STACK_TYPE);
