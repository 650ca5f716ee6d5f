// @ts-check
import { element } from "./elements.js";
import { createFindingsView } from "./findings-view.js";
import { createReportsView } from "./reports-view.js";
import { remarkOf, SEVERITIES, totalOf } from "./scan-words.js";

/** @typedef {import("../src/page/views").ScanView} ScanView */
/** @typedef {import("../src/page/views").ResultView} ResultView */

/** @type {Readonly<Record<"clean" | "warning" | "bad", string>>} */
const SIGNS = { clean: "✓", warning: "⚠", bad: "✕" };

/**
 * Renders the result of an ended scan, which never changes.
 * @param {() => string} key
 * @param {number} projectId
 * @param {ScanView} scan
 * @returns {HTMLElement}
 */
export function createResultView(key, projectId, scan) {
  const { result, id: scanId } = scan;
  if (result === null) return element("div");
  const total = totalOf(result);
  return element(
    "div",
    { class: "result" },
    total === 0 ? null : countsView(result),
    remarkView(scan),
    result.covered === null ? null : element("p", { class: "muted" }, `Covered: ${result.covered}`),
    total === 0 ? null : createFindingsView({ key, projectId, scanId, total }),
    createReportsView({ key, projectId, scanId }),
  );
}

/** @param {ResultView} result */
function countsView(result) {
  const items = SEVERITIES.filter((severity) => result.counts[severity] > 0).map((severity) =>
    element(
      "li",
      { class: `severity severity-${severity}` },
      element("strong", {}, String(result.counts[severity])),
      ` ${severity}`,
    ),
  );
  return element("ul", { class: "counts", "aria-label": "Findings by severity" }, ...items);
}

/** @param {ScanView} scan */
function remarkView(scan) {
  const remark = remarkOf(scan);
  if (remark === undefined) return null;
  return element(
    "div",
    { class: `remark remark-${remark.tone}` },
    element("span", { "aria-hidden": "true", class: "sign" }, SIGNS[remark.tone]),
    element(
      "div",
      {},
      element("p", { class: "text" }, remark.text),
      ...remark.details.map((detail) => element("p", { class: "text" }, detail)),
    ),
  );
}
