// @ts-check

/** @typedef {import("../src/page/views").BoardEvent} BoardEvent */
/** @typedef {import("../src/page/views").ProjectView} ProjectView */

/**
 * The state of the page: its user, the projects, newest first, and how far the service's clock is ahead.
 * @typedef {{ user: BoardEvent["user"], scanner: BoardEvent["scanner"], projects: readonly ProjectView[], clockAheadMs: number }} BoardState
 */

/**
 * Returns the state after an event: a snapshot replaces everything, a change only what it names.
 * @param {BoardState | undefined} before
 * @param {BoardEvent} event
 * @param {number} nowMs the browser's time
 * @returns {BoardState}
 */
export function stateAfter(before, event, nowMs) {
  const kept = event.kind === "snapshot" || before === undefined ? [] : before.projects;
  const projects = new Map(kept.map((project) => [project.id, project]));
  for (const project of event.projects) projects.set(project.id, project);
  for (const id of event.removed) projects.delete(id);
  const sorted = [...projects.values()].sort((one, other) => other.id - one.id);
  return { user: event.user, scanner: event.scanner, projects: sorted, clockAheadMs: event.nowMs - nowMs };
}
