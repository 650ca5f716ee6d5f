import type { Values } from "../lifecycle/lifecycle";
import { namedInputs } from "../lifecycle/project-inputs";
import type { ResourceCall } from "./resource-kind";

/** Returns the lifecycle's inputs of a project, with the settings and names of its resource where the program has none. */
export function projectInputs({ context, parts, teamId }: ResourceCall, given: Values): Values {
  const { defaultName: _internal, ...declared } = given;
  const named = namedInputs(declared["name"], parts, context.service.rules.project);
  return { ...declared, ...named, teamId: declared["teamId"] ?? teamId };
}
