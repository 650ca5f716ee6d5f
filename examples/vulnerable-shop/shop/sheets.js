// @ts-check
"use strict";

const { readFileSync, statSync } = require("node:fs");
const { dirname, join, resolve, sep } = require("node:path");

const FOLDER = resolve(__dirname, "../sheets");
/** Enough for a sheet of any article; no visitor fills the memory with a large file. */
const MAX_SHEET_BYTES = 65_536;
const OTHERS_READ = 0o004;
const OTHERS_ENTER = 0o001;

/**
 * Whether every user of this machine may read a file: it, and each folder above it.
 *
 * @param {string} path
 */
function isReadableByEverybody(path) {
  if ((statSync(path).mode & OTHERS_READ) === 0) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & OTHERS_ENTER) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The text of an article's sheet, or undefined where there is none.
 *
 * Mended, it gives files of the folder of sheets and no others. With the hole it also leaves the folder (`../..`), but
 * gives no more than what every user of this machine may read anyway, such as the list of users in /etc/passwd.
 *
 * @param {string} name as it came from the visitor
 * @param {{ isMended: boolean, folder?: string }} options
 * @returns {string | undefined}
 */
function readSheet(name, { isMended, folder = FOLDER }) {
  const path = join(folder, name);
  try {
    const isInside = path.startsWith(folder + sep);
    if (!isInside && (isMended || !isReadableByEverybody(path))) return undefined;
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > MAX_SHEET_BYTES) return undefined;
    return readFileSync(path, "utf8").slice(0, MAX_SHEET_BYTES);
  } catch {
    return undefined;
  }
}

module.exports = { readSheet };
