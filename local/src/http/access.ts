import type { Project, ProjectStore } from "../store/projects";
import type { Scan, ScanStore } from "../store/scans";
import type { Team, User, UserStore } from "../store/users";
import type { Call } from "./operation";
import { Refusal } from "./refusal";

/** Finds what a request names, and refuses it where the user has no right to it. */
export interface Access {
  /** @throws Refusal 403 where the user is no member of the team, or where there is no such team. */
  requireTeam(user: User, teamId: number): void;
  /** The teams of which the user is a member. */
  teamsOf(user: User): Team[];
  /** All projects of the user's teams. */
  projectsOf(user: User): Project[];
  /** @throws Refusal 404 where there is no such project, 403 where it belongs to a team of others. */
  project(call: Call): Project;
  /** @throws Refusal as `project`, and 404 where the project has no such scan. */
  scan(call: Call): { project: Project; scan: Scan };
  /** @throws Refusal 404 where no project has this webhook. */
  webhookProject(call: Call): Project;
  /** @throws Refusal as `webhookProject`, and 404 where its project has no such scan. */
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

/** The contract lets through IDs that a JavaScript number cannot hold; the service never gives one out. */
function findById<Thing>(text: string | undefined, find: (id: number) => Thing | undefined): Thing | undefined {
  const id = Number(text);
  return Number.isSafeInteger(id) ? find(id) : undefined;
}
