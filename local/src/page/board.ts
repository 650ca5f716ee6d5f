import type { ObservedStore, StoreChange } from "../store/observed-store";
import type { Project } from "../store/projects";
import { viewScan } from "./scan-view";
import type { ProjectView, ScanView } from "./views";

/** How many scans of a project the page shows. */
export const MAX_SHOWN_SCANS = 20;

/** The projects as the page shows them: built once for all viewers, and rebuilt only where something changed. */
export interface Board {
  /** Returns the same object as before if nothing has changed. */
  view(project: Project): ProjectView;
  /** Calls `listener` after each change; the returned function unsubscribes. */
  subscribe(listener: () => void): () => void;
}

export function createBoard(store: ObservedStore): Board {
  const views = new Map<number, ProjectView>();
  const stale = new Set<number>();
  const listeners = new Set<() => void>();

  const note = (change: StoreChange): void => {
    if (change === "everything") views.clear();
    else if (views.has(change.projectId)) stale.add(change.projectId);
    for (const listener of [...listeners]) listener();
  };
  store.subscribe((change) => {
    note(change);
    if (change !== "everything" && store.projects.find(change.projectId) === undefined) {
      views.delete(change.projectId);
      stale.delete(change.projectId);
    }
  });

  return {
    view: (project) => {
      const present = views.get(project.id);
      if (present !== undefined && !stale.has(project.id)) return present;
      const fresh = viewProject(store, project, present);
      stale.delete(project.id);
      views.set(project.id, fresh);
      return fresh;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** An ended scan no longer changes, so its view is reused from `before`: outcomes may be large. */
function viewProject(store: ObservedStore, project: Project, before: ProjectView | undefined): ProjectView {
  const ended = new Map<number, ScanView>();
  for (const scan of before?.scans ?? []) if (scan.result !== null) ended.set(scan.id, scan);
  const team = store.users.teams().find(({ id }) => id === project.teamId);
  return {
    id: project.id,
    name: project.name,
    url: project.url,
    team: { id: project.teamId, name: team?.name ?? "" },
    scans: store.scans
      .recent(project.id, MAX_SHOWN_SCANS)
      .map((head) => ended.get(head.id) ?? viewScan(project, head, () => store.scans.find(head.id)?.outcome)),
    scanCount: store.scans.count(project.id),
  };
}
