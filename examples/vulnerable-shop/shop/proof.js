// @ts-check
"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const PROOF_PATH = /^\/(crashtest-[A-Za-z0-9]{1,128}\.html)$/;

/**
 * The proof of ownership that a path of the web root asks for, or undefined where it asks for none or there is none.
 * The name is matched as a whole, so that no path leads out of the folder.
 *
 * @param {string | undefined} folder where proofs are put; undefined for a shop without any
 * @param {string} path
 * @returns {string | undefined}
 */
function readProof(folder, path) {
  const name = PROOF_PATH.exec(path)?.[1];
  if (folder === undefined || name === undefined) return undefined;
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined;
  }
}

module.exports = { readProof };
