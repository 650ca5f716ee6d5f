import type { Project, ProjectStore } from "../../store/projects";
import type { Scan, ScanStore } from "../../store/scans";
import type { Access } from "../access";
import type { Call } from "../operation";
import { notFound } from "./problem";

/** Finds what a request names by the IDs of this API. */
export interface Lookups {
  /** @throws Problem 404 if there is no such target; Refusal 403 if it belongs to another team. */
  target(call: Call, targetId?: string): Project;
  /** @throws as `target`, and Problem 404 if it has no such run. */
  run(call: Call): { project: Project; scan: Scan };
  /** @throws as `target`, for the target of the profile. */
  profile(call: Call): Project;
}

export function createLookups(store: { projects: ProjectStore; scans: ScanStore }, access: Access): Lookups {
  const visible = (call: Call, found: Project | undefined, what: string): Project => {
    const user = call.user();
    if (found === undefined) throw notFound(what);
    access.requireTeam(user, found.teamId);
    return found;
  };
  const target: Lookups["target"] = (call, targetId = call.params["targetId"] ?? "") =>
    visible(call, store.projects.findByTarget(targetId), "target");
  return {
    target,
    run: (call) => {
      const project = target(call);
      const scan = store.scans.findByRun(call.params["analysisRunId"] ?? "");
      if (scan?.projectId !== project.id) throw notFound("analysis run");
      return { project, scan };
    },
    profile: (call) =>
      visible(call, store.projects.findByProfile(call.params["analysisProfileId"] ?? ""), "analysis profile"),
  };
}
