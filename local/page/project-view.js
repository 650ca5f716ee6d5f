// @ts-check
import { element, setChildren, setText } from "./elements.js";
import { createScanView } from "./scan-view.js";
import { counted } from "./scan-words.js";

/** @typedef {import("../src/page/views").ProjectView} ProjectView */
/** @typedef {import("./scan-view.js").ShownScan} ShownScan */

/** How many scans are expanded; earlier ones are behind a click. */
const OPEN_SCANS = 3;

/**
 * A rendered project with its scans, which can be updated.
 * @typedef {object} ShownProject
 * @property {HTMLElement} node
 * @property {(project: ProjectView) => void} update
 * @property {(serviceNowMs: number) => void} tick
 */

/**
 * @param {() => string} key
 * @param {ProjectView} first
 * @returns {ShownProject}
 */
export function createProjectView(key, first) {
  const titleId = `project-${String(first.id)}`;
  const newest = element("ul", { class: "scans" });
  const earlier = element("ul", { class: "scans" });
  const earlierTitle = element("summary");
  const cut = element("p", { class: "muted" });
  const earlierBox = element("details", { class: "earlier" }, earlierTitle, earlier, cut);
  const empty = element(
    "p",
    { class: "muted" },
    "No scan yet. The next ",
    element("code", {}, "pulumi up"),
    " of a program with ",
    element("code", {}, "scanOnDeploy"),
    " starts one, and so does the API.",
  );
  const node = element(
    "article",
    { class: "project", "aria-labelledby": titleId },
    headOf(first, titleId),
    empty,
    newest,
    earlierBox,
  );
  /** @type {Map<number, ShownScan>} */
  const shown = new Map();

  /** @param {ProjectView} project */
  const update = ({ id, scans, scanCount }) => {
    const nodes = scans.map((scan) => {
      const present = shown.get(scan.id) ?? createScanView(key, id, scan);
      shown.set(scan.id, present);
      present.update(scan);
      return present.node;
    });
    const ids = new Set(scans.map((scan) => scan.id));
    for (const scanId of [...shown.keys()]) if (!ids.has(scanId)) shown.delete(scanId);
    setChildren(newest, nodes.slice(0, OPEN_SCANS));
    setChildren(earlier, nodes.slice(OPEN_SCANS));
    empty.hidden = scans.length > 0;
    newest.hidden = scans.length === 0;
    earlierBox.hidden = nodes.length <= OPEN_SCANS;
    setText(earlierTitle, counted(scanCount - OPEN_SCANS, "earlier scan"));
    setText(cut, scanCount > scans.length ? `${counted(scanCount - scans.length, "older one")} not shown.` : "");
  };
  update(first);
  return {
    node,
    update,
    tick: (serviceNowMs) => {
      for (const scan of shown.values()) scan.tick(serviceNowMs);
    },
  };
}

/**
 * @param {ProjectView} project
 * @param {string} titleId
 */
function headOf({ id, name, url, team }, titleId) {
  return element(
    "header",
    { class: "project-head" },
    element("h2", { id: titleId, class: "text" }, name),
    element("p", { class: "url" }, element("code", {}, url)),
    element(
      "dl",
      { class: "facts" },
      element("div", {}, element("dt", {}, "Team"), element("dd", {}, `${team.name} (${String(team.id)})`)),
      element("div", {}, element("dt", {}, "Project ID"), element("dd", {}, String(id))),
    ),
  );
}
