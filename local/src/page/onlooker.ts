import type { Project } from "../store/projects";
import type { Team, User } from "../store/users";
import type { Board } from "./board";
import type { BoardEvent, ProjectView } from "./views";

export interface OnlookerParts {
  board: Board;
  /** The user of the key, looked up for each event. @throws Refusal 401 if the key is no longer valid. */
  user: () => User;
  /** What the user may see, looked up for each event. */
  projectsOf: (user: User) => Project[];
  teamsOf: (user: User) => Team[];
  /** The settings of a program for a team. */
  setup: (teamId: number) => readonly string[];
  scanner: BoardEvent["scanner"];
  now: () => number;
}

/** A viewer of the board: remembers what was sent last, and sends only what has changed since. */
export interface Onlooker {
  /** Returns what has changed since the last call, everything on the first; undefined if nothing has. @throws Refusal 401 */
  next(): BoardEvent | undefined;
}

export function createOnlooker({ board, user, projectsOf, teamsOf, setup, scanner, now }: OnlookerParts): Onlooker {
  let sent: Map<number, ProjectView> | undefined;
  return {
    next: () => {
      const who = user();
      const present = new Map(projectsOf(who).map((project) => [project.id, board.view(project)]));
      const before = sent;
      const projects = [...present.values()].filter((view) => before?.get(view.id) !== view);
      const removed = [...(before?.keys() ?? [])].filter((id) => !present.has(id));
      if (before !== undefined && projects.length === 0 && removed.length === 0) return undefined;
      sent = present;
      const kind = before === undefined ? "snapshot" : "change";
      const teams = teamsOf(who).map((team) => ({ ...team, setup: [...setup(team.id)] }));
      return { kind, user: { name: who.name, teams }, scanner, nowMs: now(), projects, removed };
    },
  };
}
