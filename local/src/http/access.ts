import type { Project, ProjectStore } from "../store/projects";
import type { Scan, ScanStore } from "../store/scans";
import type { Team, User, UserStore } from "../store/users";
import type { Call } from "./operation";
import { Refusal } from "./refusal";

/** Finds what a request names, and rejects the request if the user has no permission. */
export interface Access {
  /** @throws Refusal 403 if the user is not a member of the team, or there is no such team. */
  requireTeam(user: User, teamId: number): void;
  /** The teams that the user is a member of. */
  teamsOf(user: User): Team[];
  /** All projects of the user's teams. */
  projectsOf(user: User): Project[];
  /** @throws Refusal 404 if there is no such project, 403 if it belongs to another team. */
  project(call: Call): Project;
  /** @throws Refusal as `project`, and 404 if the project has no such scan. */
  scan(call: Call): { project: Project; scan: Scan };
  /** @throws Refusal 404 if no project has this webhook. */
  webhookProject(call: Call): Project;
  /** @throws Refusal as `webhookProject`, and 404 if its project has no such scan. */
  webhookScan(call: Call): { project: Project; scan: Scan };
}

export function createAccess(store: { users: UserStore; projects: ProjectStore; scans: ScanStore }): Access {
  const requireTeam = (user: User, teamId: number): void => {
    if (!store.users.isMember(user.id, teamId)) throw new Refusal(403, "not_your_team");
  };
  const teamsOf = (user: User): Team[] => store.users.teamsOf(user.id);
  const projectsOf = (user: User): Project[] => store.projects.listOfUser(user.id);
  const project = (call: Call): Project => {
    const user = call.user();
    const found = findById(call.params["projectId"], (id) => store.projects.find(id));
    if (found === undefined) throw new Refusal(404, "project_not_found");
    requireTeam(user, found.teamId);
    return found;
  };
  const webhookProject = (call: Call): Project => {
    const found = store.projects.findByWebhook(call.params["webhook"] ?? "");
    if (found === undefined) throw new Refusal(404, "webhook_not_found");
    return found;
  };
  const scanOf = (ofProject: Project, call: Call): { project: Project; scan: Scan } => {
    const found = findById(call.params["scanId"], (id) => store.scans.find(id));
    if (found?.projectId !== ofProject.id) throw new Refusal(404, "scan_not_found");
    return { project: ofProject, scan: found };
  };
  return {
    requireTeam,
    teamsOf,
    projectsOf,
    project,
    scan: (call) => scanOf(project(call), call),
    webhookProject,
    webhookScan: (call) => scanOf(webhookProject(call), call),
  };
}

/** The contract allows IDs that a JavaScript number cannot hold; the service never issues one. */
function findById<Thing>(text: string | undefined, find: (id: number) => Thing | undefined): Thing | undefined {
  const id = Number(text);
  return Number.isSafeInteger(id) ? find(id) : undefined;
}
