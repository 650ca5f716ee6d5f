// @ts-check
import { element } from "./elements.js";

/** @typedef {import("../src/page/views").BoardEvent} BoardEvent */

/**
 * Explains what to do if there is no project yet.
 * @param {BoardEvent["user"]} user
 * @param {string} address of the service
 * @returns {HTMLElement}
 */
export function createEmptyView({ teams }, address) {
  const [team] = teams;
  if (team === undefined) {
    return element(
      "div",
      { class: "project" },
      element("h2", {}, "No team"),
      element("p", {}, "The user of this key is not a member of any team, so there is nothing to see."),
      element("p", {}, "Ask the operator of this service to add the user to a team."),
    );
  }
  const steps = [`pulumi config set crashtest:endpoint ${address}`, ...team.setup, "pulumi up"];
  const names = teams.map(({ id, name }) => `${name} (${String(id)})`).join(", ");
  return element(
    "div",
    { class: "project" },
    element("h2", {}, "No project yet"),
    element("p", {}, `There is no project in ${teams.length === 1 ? "your team" : "your teams"} ${names}.`),
    element("p", {}, "Deploy a program that has a crashtest.Project, and it appears here by itself:"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "Commands" }, element("code", {}, steps.join("\n"))),
  );
}
