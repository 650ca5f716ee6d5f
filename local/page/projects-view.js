// @ts-check
import { setChildren } from "./elements.js";
import { createEmptyView } from "./empty-view.js";
import { createProjectView } from "./project-view.js";

/** @typedef {import("./board-state.js").BoardState} BoardState */
/** @typedef {import("./project-view.js").ShownProject} ShownProject */
/** @typedef {import("../src/page/views").ProjectView} ProjectView */

/**
 * Renders all projects, in `parent`.
 * @param {() => string} key
 * @param {HTMLElement} parent
 */
export function createProjectsView(key, parent) {
  /** @type {Map<number, ShownProject>} */
  const shown = new Map();
  /** @type {Map<number, ProjectView>} */
  const last = new Map();

  /** @param {ProjectView} project */
  const nodeOf = (project) => {
    const present = shown.get(project.id) ?? createProjectView(key, project);
    if (last.get(project.id) !== project) present.update(project);
    shown.set(project.id, present);
    last.set(project.id, project);
    return present.node;
  };
  return {
    /** @param {BoardState} state */
    update: ({ user, projects }) => {
      const ids = new Set(projects.map(({ id }) => id));
      for (const id of [...shown.keys()]) {
        if (ids.has(id)) continue;
        shown.delete(id);
        last.delete(id);
      }
      const nodes = projects.map(nodeOf);
      setChildren(parent, nodes.length > 0 ? nodes : [createEmptyView(user, location.origin)]);
    },
    /** @param {number} serviceNowMs */
    tick: (serviceNowMs) => {
      for (const project of shown.values()) project.tick(serviceNowMs);
    },
    clear: () => {
      shown.clear();
      last.clear();
      parent.replaceChildren();
    },
  };
}
