import type { Project } from "../store/projects";
import type { Team, User } from "../store/users";
import type { Board } from "./board";
import type { BoardEvent, ProjectView } from "./views";

export interface OnlookerParts {
  board: Board;
  /** The user of the key, asked anew for each event. @throws Refusal 401 where the key counts no more. */
  user: () => User;
  /** What the user may see, asked anew for each event. */
  projectsOf: (user: User) => Project[];
  teamsOf: (user: User) => Team[];
  scanner: BoardEvent["scanner"];
  now: () => number;
}

/** One who looks at the board: knows what was told last, and tells only what differs from it. */
export interface Onlooker {
  /** What has changed since the last call, all at the first one; undefined where nothing has. @throws Refusal 401 */
  next(): BoardEvent | undefined;
}

export function createOnlooker({ board, user, projectsOf, teamsOf, scanner, now }: OnlookerParts): Onlooker {
  let told: Map<number, ProjectView> | undefined;
  return {
    next: () => {
      const who = user();
      const present = new Map(projectsOf(who).map((project) => [project.id, board.view(project)]));
      const before = told;
      const projects = [...present.values()].filter((view) => before?.get(view.id) !== view);
      const removed = [...(before?.keys() ?? [])].filter((id) => !present.has(id));
      if (before !== undefined && projects.length === 0 && removed.length === 0) return undefined;
      told = present;
      const kind = before === undefined ? "snapshot" : "change";
      return { kind, user: { name: who.name, teams: teamsOf(who) }, scanner, nowMs: now(), projects, removed };
    },
  };
}
