import type { Values } from "../lifecycle/lifecycle";
import type { ResourceCall } from "./resources";

/** Returns the lifecycle's inputs of a project: a project without a name is named after its resource. */
export function projectInputs({ context, parts, teamId }: ResourceCall, given: Values): Values {
  const { stack, project, name } = parts;
  const { defaultName: _internal, ...declared } = given;
  // A project in the state keeps its name, and an adopted one its own: `check` decides.
  const named = context.service.rules.project.hasUniqueNames
    ? { defaultName: `${project}-${stack}-${name}` }
    : { name: declared["name"] ?? name };
  return { ...declared, ...named, teamId: declared["teamId"] ?? teamId };
}
