// @ts-check
import { element, setText } from "./elements.js";
import { ask, ServiceError } from "./service.js";

const FORMATS = /** @type {const} */ (["pdf", "xml", "json"]);
/** Long enough for the browser to have started with the file. */
const REVOKE_AFTER_MS = 60_000;

/**
 * Renders buttons that download the reports of an ended scan. The key goes in a header, so a link would not work.
 * @param {{ key: () => string, projectId: number, scanId: number }} of
 * @returns {HTMLElement}
 */
export function createReportsView({ key, projectId, scanId }) {
  const problem = element("span", { class: "problem", role: "alert" });
  const buttons = FORMATS.map((format) => {
    const button = element("button", { type: "button", class: "quiet" }, format.toUpperCase());
    button.setAttribute("aria-label", `Download the report of scan ${String(scanId)} as ${format.toUpperCase()}`);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      button.setAttribute("aria-disabled", "true");
      setText(problem, "");
      const path = `page/projects/${String(projectId)}/scans/${String(scanId)}/report/${format}`;
      download(key(), path, `crashtest-project-${String(projectId)}-scan-${String(scanId)}.${format}`)
        .catch((/** @type {unknown} */ error) => {
          setText(problem, `The ${format.toUpperCase()} could not be downloaded: ${reasonOf(error)}`);
        })
        .finally(() => {
          button.removeAttribute("aria-disabled");
        });
    });
    return button;
  });
  return element("p", { class: "reports" }, element("span", { class: "muted" }, "Report"), ...buttons, problem);
}

/** @param {unknown} error */
const reasonOf = (error) =>
  error instanceof ServiceError ? `the service answered ${error.message}.` : "the service does not answer.";

/**
 * @param {string} key
 * @param {string} path
 * @param {string} fileName
 */
async function download(key, path, fileName) {
  const answer = await ask(key, path);
  const url = URL.createObjectURL(await answer.blob());
  const link = element("a", { download: fileName });
  link.href = url;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, REVOKE_AFTER_MS);
}
