import type * as pulumi from "@pulumi/pulumi";
import type { ServiceIdentity } from "../provider/service-identity";

/** What a scan is told of its project, where that is a resource of the same program. */
export interface ProjectOfProgram {
  readonly urn: pulumi.Output<string>;
  readonly service: pulumi.Output<ServiceIdentity | undefined>;
}

/** By the outputs that a program hands on as a project's ID. */
const projects = new WeakMap<object, ProjectOfProgram>();

/** Notes whose ID these outputs are. */
export function noteProject(ids: readonly pulumi.Output<string>[], project: ProjectOfProgram): void {
  for (const id of ids) projects.set(id, project);
}

/** The project whose `projectId` or `id` this is; undefined for a number, and for an output that was made from one. */
export const projectOfProgram = (projectId: unknown): ProjectOfProgram | undefined =>
  typeof projectId === "object" && projectId !== null ? projects.get(projectId) : undefined;
