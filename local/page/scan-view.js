// @ts-check
import { element, setText } from "./elements.js";
import { createResultView } from "./result-view.js";
import { isUnderway, STATES } from "./scan-words.js";
import { durationText, timeText } from "./time-text.js";

/** @typedef {import("../src/page/views").ScanView} ScanView */

/**
 * A scan rendered as a list item, which can be updated.
 * @typedef {object} ShownScan
 * @property {HTMLLIElement} node
 * @property {(scan: ScanView) => void} update
 * @property {(serviceNowMs: number) => void} tick shows how long it has been running
 */

const PERCENT = 100;

/**
 * @param {() => string} key
 * @param {number} projectId
 * @param {ScanView} first
 * @returns {ShownScan}
 */
export function createScanView(key, projectId, first) {
  const state = element("span", { class: "state" });
  const began = element("time", { datetime: new Date(first.startedAtMs).toISOString() }, timeText(first.startedAtMs));
  const took = element("span");
  const progress = createProgress(first.id);
  const body = element("div", { class: "scan-body" });
  const node = element(
    "li",
    { class: "scan" },
    element(
      "div",
      { class: "scan-head" },
      element("h3", {}, `Scan ${String(first.id)}`),
      state,
      element("p", { class: "muted times" }, element("span", {}, "started ", began), took),
    ),
    body,
  );
  let current = first;
  let shownState = "";

  /** @param {number} untilMs */
  const showDuration = (untilMs) => {
    const duration = durationText(untilMs - current.startedAtMs);
    setText(took, current.endedAtMs === null ? `for ${duration}` : `took ${duration}`);
  };
  /** @param {ScanView} scan */
  const update = (scan) => {
    current = scan;
    if (scan.endedAtMs !== null) showDuration(scan.endedAtMs);
    if (isUnderway(scan)) progress.update(scan);
    if (scan.state === shownState) return;
    shownState = scan.state;
    node.className = `scan scan-${scan.state}`;
    const { word, sign } = STATES[scan.state];
    state.className = `state state-${scan.state}`;
    state.replaceChildren(element("span", { "aria-hidden": "true" }, sign), ` ${word}`);
    body.replaceChildren(isUnderway(scan) ? progress.node : createResultView(key, projectId, scan));
  };
  update(first);
  return {
    node,
    update,
    tick: (serviceNowMs) => {
      if (current.endedAtMs === null) showDuration(serviceNowMs);
    },
  };
}

/**
 * Renders the progress bar and the scanner's last message; the bar has no value if the progress is unknown.
 * @param {number} scanId
 */
function createProgress(scanId) {
  const bar = element("progress", { "aria-label": `Progress of scan ${String(scanId)}`, max: String(PERCENT) });
  const percent = element("span", { class: "percent" });
  const word = element("p", { class: "muted text" });
  const node = element("div", { class: "progress" }, element("div", { class: "progress-line" }, bar, percent), word);
  return {
    node,
    /** @param {ScanView} scan */
    update: ({ state, progress, progressFraction }) => {
      if (progressFraction === null) bar.removeAttribute("value");
      else bar.value = Math.floor(progressFraction * PERCENT);
      setText(percent, progressFraction === null ? "" : `${String(Math.floor(progressFraction * PERCENT))} %`);
      setText(word, state === "queued" ? "Waiting for its turn." : progress);
      bar.hidden = state === "queued";
    },
  };
}
