// @ts-check
import { element } from "./elements.js";

/** @typedef {import("../src/page/views").FindingView} FindingView */

/**
 * Renders a finding as a list item; everything in it is plain text.
 * @param {FindingView} finding
 * @returns {HTMLLIElement}
 */
export function createFindingView(finding) {
  const { severity, title, score, scanner, information, howToFix } = finding;
  const rating = score === null ? severity : `${severity} ${score.toFixed(1)}`;
  return element(
    "li",
    { class: `finding edge-${severity}` },
    element(
      "h4",
      {},
      element("span", { class: `severity severity-${severity}` }, rating),
      " ",
      element("span", { class: "text" }, title),
    ),
    whereOf(finding),
    information === "" ? null : element("p", { class: "text" }, information),
    howToFix === null ? null : element("p", { class: "text fix" }, element("strong", {}, "How to fix: "), howToFix),
    detailsOf(finding, scanner, rating),
  );
}

/** @param {FindingView} finding */
function whereOf({ method, url, parameter }) {
  if (url === null && parameter === null) return null;
  return element(
    "p",
    { class: "where" },
    url === null ? null : element("code", {}, method === null ? url : `${method} ${url}`),
    parameter === null ? null : element("span", {}, " parameter ", element("code", {}, parameter)),
  );
}

/**
 * @param {FindingView} finding
 * @param {string} scanner
 * @param {string} rating
 */
function detailsOf({ description, vector, cves, score, title }, scanner, rating) {
  /** @type {[string, string][]} */
  const facts = [
    ["Scanner", scanner],
    ["CVSS score", score === null ? "none: unrated, which does not mean harmless" : rating],
    ...(vector === null ? [] : [/** @type {[string, string]} */ (["CVSS vector", vector])]),
    ...(cves.length === 0 ? [] : [/** @type {[string, string]} */ (["CVEs", cves.join(", ")])]),
  ];
  return element(
    "details",
    { class: "more" },
    element("summary", {}, "More", element("span", { class: "unseen" }, ` on ${title}`)),
    description === null ? null : element("p", { class: "text" }, description),
    element(
      "dl",
      {},
      ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", { class: "text" }, value)]),
    ),
  );
}
