import type { Store } from "./open-store";
import type { ProjectStore } from "./projects";
import type { ScanStore } from "./scans";

/** What has changed: a project or one of its scans; or everything. */
export type StoreChange = { readonly projectId: number } | "everything";

export type StoreListener = (change: StoreChange) => void;

/** A store that reports changes to its projects and scans after they were written. */
export interface ObservedStore extends Store {
  /** Calls `listener` for each change from now on; the returned function unsubscribes. */
  subscribe(listener: StoreListener): () => void;
}

type Tell = (change: StoreChange) => void;

/** Wraps a store so that it can be observed: all writes must go through the returned one. */
export function observeStore(store: Store): ObservedStore {
  const listeners = new Set<StoreListener>();
  const tell: Tell = (change) => {
    for (const listener of [...listeners]) listener(change);
  };
  return {
    ...store,
    projects: observeProjects(store.projects, tell),
    scans: observeScans(store.scans, tell),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function observeProjects(projects: ProjectStore, tell: Tell): ProjectStore {
  return {
    ...projects,
    create: (project) => {
      const created = projects.create(project);
      tell({ projectId: created.id });
      return created;
    },
    update: (project, settings, updatedAtMs) => {
      const updated = projects.update(project, settings, updatedAtMs);
      tell({ projectId: project.id });
      return updated;
    },
    delete: (projectId) => {
      const isDeleted = projects.delete(projectId);
      if (isDeleted) tell({ projectId });
      return isDeleted;
    },
  };
}

function observeScans(scans: ScanStore, tell: Tell): ScanStore {
  const tellOf = (scanId: number): void => {
    const projectId = scans.projectIdOf(scanId);
    // Deleted with its project, which was reported.
    if (projectId !== undefined) tell({ projectId });
  };
  return {
    ...scans,
    create: (projectId, startedAtMs, by) => {
      const scan = scans.create(projectId, startedAtMs, by);
      tell({ projectId });
      return scan;
    },
    saveProgress: (scanId, progress) => {
      scans.saveProgress(scanId, progress);
      tellOf(scanId);
    },
    saveOutcome: (scanId, outcome, endedAtMs) => {
      scans.saveOutcome(scanId, outcome, endedAtMs);
      tellOf(scanId);
    },
    failAllRunning: (reasons, endedAtMs) => {
      const count = scans.failAllRunning(reasons, endedAtMs);
      if (count > 0) tell("everything");
      return count;
    },
    delete: (scanId) => {
      const projectId = scans.projectIdOf(scanId);
      scans.delete(scanId);
      if (projectId !== undefined) tell({ projectId });
    },
  };
}
