import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { TYPE_MODULE } from "../../provider/dynamic/provider-text";

export const CHILD_TYPE = "crashtest:index:Verdict";
/** The child's type in a stack whose gate was one of the TypeScript package: its state, and so its baseline, is taken over. */
const EARLIER_TYPE = `${TYPE_MODULE}:Verdict`;

const STACK_TYPE = "pulumi:pulumi:Stack";

export const childName = (gateName: string): string => `${gateName}-verdict`;

/**
 * Returns what a gate's child was called before, by the aliases of its gate. The engine gives a child the aliases of its parent
 * only in the run that renames the parent. If the gate closes in that run, the child keeps its former name, and would be another
 * one in the next run, without a baseline.
 */
export function childAliases(gateUrn: string, aliasesOfGate: readonly Alias[]): Alias[] {
  const former = aliasesOfGate.map((alias) => {
    const spec = alias.getSpec();
    return spec === undefined ? partsOf(alias.getUrn()) : formerParts(spec, partsOf(gateUrn));
  });
  const urns = former.flatMap((parts) => [CHILD_TYPE, EARLIER_TYPE].map((type) => urnOfChild(parts, type)));
  const ofOtherType = new Alias().setSpec(new Alias.Spec().setType(EARLIER_TYPE));
  return [ofOtherType, ...urns.map((urn) => new Alias().setUrn(urn))];
}

/** `urn:pulumi:STACK::PROJECT::TYPE$OF$PARENTS$TYPE::NAME`; the stack is no part of the types. */
interface UrnParts {
  stack: string;
  project: string;
  types: readonly string[];
  name: string;
}

function partsOf(urn: string): UrnParts {
  const [stack = "", project = "", types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, types: types.split("$"), name: name.join("::") };
}

/** What an alias leaves out is as it is now. */
function formerParts(spec: Alias.Spec, now: UrnParts): UrnParts {
  const parents = spec.getNoparent() ? [] : spec.getParenturn() === "" ? now.types.slice(0, -1) : parentTypes(spec);
  return {
    stack: spec.getStack() || now.stack,
    project: spec.getProject() || now.project,
    types: [...parents, spec.getType() || (now.types.at(-1) ?? "")],
    name: spec.getName() || now.name,
  };
}

const parentTypes = (spec: Alias.Spec): readonly string[] =>
  partsOf(spec.getParenturn()).types.filter((type) => type !== STACK_TYPE);

const urnOfChild = ({ stack, project, types, name }: UrnParts, type: string): string =>
  `urn:pulumi:${stack}::${project}::${[...types, type].join("$")}::${childName(name)}`;
