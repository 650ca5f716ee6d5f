import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { TYPE_MODULE } from "../../provider/dynamic/provider-text";
import { composeUrn, parseUrn, typesWithin } from "../../provider/wire/urn";
import { childUrn } from "../host/child-urn";

export const CHILD_TYPE = "crashtest:index:Verdict";
/** The child's type in a stack whose gate was one of the TypeScript package: its state, and so its baseline, is taken over. */
const EARLIER_TYPE = `${TYPE_MODULE}:Verdict`;

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
  const now = parseUrn(gateUrn);
  const parentUrn = spec.getParenturn();
  return composeUrn({
    stack: spec.getStack() || now.stack,
    project: spec.getProject() || now.project,
    parentTypes: spec.getNoparent() ? [] : parentUrn === "" ? now.parentTypes : typesWithin(parentUrn),
    type: spec.getType() || now.type,
    name: spec.getName() || now.name,
  });
}
