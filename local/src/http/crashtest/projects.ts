import type { components } from "../../../../contract/wire.generated";
import type { Clock } from "../../clock";
import type { ScanRunner } from "../../scans/scan-runner";
import type { ProjectStore } from "../../store/projects";
import type { Access } from "../access";
import type { CrashtestOperations } from "./operations";
import { invalidFields } from "../refusal";
import { verificationOf } from "./verification";

type CreateProjectRequest = components["schemas"]["CreateProjectRequest"];

/** ASSUMED: the types of projects; the service's own words for them are not known. */
export const PROJECT_TYPES = ["webapp", "api"] as const;

/** Checks what the contract cannot express about a new project: reasons by field, empty if all are valid. */
export function reasonsAgainst({ name, url, type }: CreateProjectRequest): Record<string, string[]> {
  const reasons: Record<string, string[]> = {};
  if (name.trim() === "") reasons["name"] = ["must not be blank"];
  if (!isWebUrl(url)) reasons["url"] = ["must be a URL with http or https and a host"];
  if (!PROJECT_TYPES.some((known) => known === type)) reasons["type"] = [`must be one of ${PROJECT_TYPES.join(", ")}`];
  return reasons;
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

export interface ProjectParts {
  projects: ProjectStore;
  runner: ScanRunner;
  access: Access;
  clock: Clock;
}

export function projectOperations(parts: ProjectParts): Pick<CrashtestOperations, "createProject" | "deleteProject"> {
  const { projects, runner, access, clock } = parts;
  return {
    createProject: (call) => {
      const request = call.body as CreateProjectRequest;
      access.requireTeam(call.user(), request.team_id);
      const reasons = reasonsAgainst(request);
      if (Object.keys(reasons).length > 0) throw invalidFields(reasons);
      const { team_id: teamId, name, url, type } = request;
      const project = projects.create({ teamId, name, url, type, createdAtMs: clock.now() });
      return {
        status: 201,
        body: { message: "project_created", data: { id: project.id, verification: verificationOf(project) } },
      };
    },
    deleteProject: async (call) => {
      const { id } = access.project(call);
      // The row is deleted first, so that no scan can be started while the running one is being stopped.
      projects.delete(id);
      await runner.stopProject(id);
      return { status: 200, body: { message: "project_deleted" } };
    },
  };
}
