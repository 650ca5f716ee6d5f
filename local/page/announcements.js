// @ts-check
import { countsText, isUnderway } from "./scan-words.js";

/** @typedef {import("../src/page/views").ProjectView} ProjectView */
/** @typedef {import("../src/page/views").ScanView} ScanView */

/** More sentences would only be noise. */
const MAX_SENTENCES = 4;

/**
 * Returns what a screen reader announces about a change: scans that started or ended, projects that came or went; no progress.
 * @param {readonly ProjectView[]} before
 * @param {readonly ProjectView[]} after
 * @returns {string} empty if nothing of this kind happened
 */
export function announcementOf(before, after) {
  const known = new Map(before.map((project) => [project.id, project]));
  const present = new Set(after.map(({ id }) => id));
  const sentences = [
    ...after.filter(({ id }) => !known.has(id)).map(({ name }) => `The project ${name} is new.`),
    ...before.filter(({ id }) => !present.has(id)).map(({ name }) => `The project ${name} is gone.`),
    ...after.flatMap((project) => scanSentences(known.get(project.id)?.scans ?? [], project)),
  ];
  const more = sentences.length - MAX_SENTENCES;
  const announced = more > 0 ? [...sentences.slice(0, MAX_SENTENCES), `${String(more)} more changes.`] : sentences;
  return announced.join(" ");
}

/**
 * @param {readonly ScanView[]} before
 * @param {ProjectView} project
 */
function scanSentences(before, { name, scans }) {
  return scans.flatMap((scan) => {
    const known = before.find(({ id }) => id === scan.id);
    const of = `Scan ${String(scan.id)} of ${name}`;
    if (isUnderway(scan)) return known === undefined ? [`${of} has started.`] : [];
    if (known !== undefined && !isUnderway(known)) return [];
    // Otherwise a snapshot, or a gap in an older page, would announce all scans that ended long ago.
    if (known === undefined && scan !== scans[0]) return [];
    return [scan.state === "finished" ? `${of} has finished: ${resultWords(scan)}.` : `${of} ended: ${scan.state}.`];
  });
}

/** @param {ScanView} scan */
function resultWords({ result }) {
  if (result === null) return "";
  const isWhole = result.missing.length === 0 && result.broken.length === 0;
  return isWhole ? countsText(result) : `${countsText(result)}, but not all scanners ran`;
}
