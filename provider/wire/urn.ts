/** The parts of a resource's URN: `urn:pulumi:STACK::PROJECT::TYPES::NAME`. */
export interface UrnParts {
  stack: string;
  project: string;
  /** The type tokens of its parents, the outermost first, without the stack's. */
  parentTypes: readonly string[];
  /** The resource's own type token. */
  type: string;
  /** The logical name, which may contain any characters. */
  name: string;
}

const SCHEME = "urn:pulumi:";
const STACK_TYPE = "pulumi:pulumi:Stack";

/** Parses the URN of a resource. */
export function parseUrn(urn: string): UrnParts {
  const [stack = "", project = "", types = "", ...name] = urn.slice(SCHEME.length).split("::");
  const parentTypes = types.split("$");
  const type = parentTypes.pop() ?? "";
  return { stack, project, parentTypes, type, name: name.join("::") };
}

/** The inverse of `parseUrn`. */
export const composeUrn = ({ stack, project, parentTypes, type, name }: UrnParts): string =>
  `${SCHEME}${[stack, project, [...parentTypes, type].join("$"), name].join("::")}`;

/** Returns the type tokens that the URN of a resource's child begins with: the stack's is not among them. */
export function typesWithin(parentUrn: string): readonly string[] {
  const { parentTypes, type } = parseUrn(parentUrn);
  return type === STACK_TYPE ? [] : [...parentTypes, type];
}
