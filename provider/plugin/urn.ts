/** The parts of a resource's URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
export interface UrnParts {
  stack: string;
  project: string;
  /** The type token, without those of parents. */
  type: string;
  /** The logical name, which may contain any characters. */
  name: string;
}

const SCHEME = "urn:pulumi:";

/** Parses the URN of a resource. */
export function parseUrn(urn: string): UrnParts {
  const [stack = "", project = "", types = "", ...name] = urn.slice(SCHEME.length).split("::");
  return { stack, project, type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
