// @ts-check
import { element, setText } from "./elements.js";
import { createFindingView } from "./finding-view.js";
import { counted } from "./scan-words.js";
import { ask } from "./service.js";

/** @typedef {import("../src/page/views").FindingsView} FindingsView */

/** How many are shown at once; more on demand. */
const SHOWN_AT_ONCE = 50;

/**
 * Renders the findings of an ended scan, which are fetched when they are first opened.
 * @param {{ key: () => string, projectId: number, scanId: number, total: number }} of
 * @returns {HTMLDetailsElement}
 */
export function createFindingsView({ key, projectId, scanId, total }) {
  const status = element("p", { class: "muted", role: "status" });
  const list = element("ol", { class: "findings" });
  const more = element("button", { type: "button", class: "quiet" }, "Show more");
  const view = element(
    "details",
    { class: "findings-box" },
    element(
      "summary",
      {},
      counted(total, "finding"),
      element("span", { class: "unseen" }, ` of scan ${String(scanId)}`),
    ),
    status,
    list,
    more,
  );
  more.hidden = true;
  let isLoaded = false;

  const load = async () => {
    setText(status, "Fetching the findings…");
    const answer = await ask(key(), `page/projects/${String(projectId)}/scans/${String(scanId)}/findings`);
    /** @type {{ data: FindingsView }} */
    const { data } = await answer.json();
    isLoaded = true;
    showIn(list, more, data);
    const isCut = data.total > data.findings.length;
    setText(
      status,
      isCut ? `The ${String(data.findings.length)} worst; the reports have all ${String(data.total)}.` : "",
    );
  };
  view.addEventListener("toggle", () => {
    if (!view.open || isLoaded) return;
    load().catch(() => {
      setText(status, "The findings could not be fetched. Close this and open it again.");
    });
  });
  return view;
}

/**
 * @param {HTMLOListElement} list
 * @param {HTMLButtonElement} more
 * @param {FindingsView} data
 */
function showIn(list, more, { findings }) {
  let shown = 0;
  const showNext = () => {
    const next = findings.slice(shown, shown + SHOWN_AT_ONCE).map(createFindingView);
    list.append(...next);
    shown += next.length;
    more.hidden = shown >= findings.length;
    setText(more, `Show ${String(Math.min(SHOWN_AT_ONCE, findings.length - shown))} more`);
    return next[0];
  };
  showNext();
  more.addEventListener("click", () => {
    const first = showNext();
    // The button may be gone; keyboard users continue at the first new one.
    first?.setAttribute("tabindex", "-1");
    first?.focus();
  });
}
