// @ts-check
"use strict";

/** The holes that the shop has on purpose. @typedef {"xss" | "sql" | "path" | "csp" | "account" | "api"} Hole */

/** @type {readonly Hole[]} */
const HOLES = ["xss", "sql", "path", "csp", "account", "api"];

/** What each hole is, for the note on the pages. @type {Readonly<Record<Hole, string>>} */
const MEANINGS = {
  xss: "cross-site scripting",
  sql: "SQL injection",
  path: "path traversal",
  csp: "no content security policy",
  account: "SQL injection behind the login",
  api: "SQL injection in the API",
};

/** @param {string} word @returns {word is Hole} */
const isHole = (word) => /** @type {readonly string[]} */ (HOLES).includes(word);

/**
 * The holes that are mended, from a list such as `xss,sql`.
 *
 * @param {string} text names of holes with commas between them, `all`, or `none`
 * @returns {ReadonlySet<Hole>}
 * @throws {RangeError} for another name
 */
function parseMended(text) {
  if (text === "all") return new Set(HOLES);
  if (text === "none" || text === "") return new Set();
  const words = text.split(",").map((word) => word.trim());
  const mended = words.filter(isHole);
  const wrong = words.find((word) => !isHole(word));
  if (wrong !== undefined) throw new RangeError(`--mend takes ${HOLES.join(", ")}, all or none, not "${wrong}"`);
  return new Set(mended);
}

/** @param {ReadonlySet<Hole>} mended */
const holesLeft = (mended) => HOLES.filter((hole) => !mended.has(hole));

module.exports = { HOLES, MEANINGS, parseMended, holesLeft };
