// @ts-check

/** @typedef {import("../src/page/views").ScanView} ScanView */
/** @typedef {import("../src/page/views").ResultView} ResultView */
/** @typedef {import("../../findings/severity").Severity} Severity */

/** @type {readonly Severity[]} The worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info", "unknown"];

/** @type {Readonly<Record<ScanView["state"], { word: string, sign: string }>>} */
export const STATES = {
  queued: { word: "Queued", sign: "○" },
  running: { word: "Running", sign: "▶" },
  finished: { word: "Finished", sign: "✓" },
  stopped: { word: "Stopped", sign: "■" },
  failed: { word: "Failed", sign: "✕" },
  unknown: { word: "Ended, unknown", sign: "?" },
};

/** @param {ScanView} scan */
export const isUnderway = (scan) => scan.state === "queued" || scan.state === "running";

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${String(count)} ${count === 1 ? one : many}`;

/** @param {ResultView} result */
export const totalOf = (result) => SEVERITIES.reduce((sum, severity) => sum + result.counts[severity], 0);

/**
 * Formats the counts that are not 0, the worst first: `1 critical, 2 low`.
 * @param {ResultView} result
 */
export function countsText(result) {
  const parts = SEVERITIES.filter((severity) => result.counts[severity] > 0).map(
    (severity) => `${String(result.counts[severity])} ${severity}`,
  );
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

/**
 * Returns what to say about an ended scan in addition to its findings. `clean` only if all scanners that should have run did.
 * @param {ScanView} scan
 * @returns {{ tone: "clean" | "warning" | "bad", text: string, details: string[] } | undefined}
 */
export function remarkOf(scan) {
  const { result } = scan;
  if (result === null) return undefined;
  if (scan.state !== "finished") {
    const why =
      scan.state === "unknown"
        ? `it ended with the unknown status code ${String(scan.statusCode)}.`
        : (scan.reason ?? "the reason is unknown.");
    const text = `${STATES[scan.state].word}: ${why}`;
    return { tone: "bad", text, details: ["This scan does not show that the target is clean."] };
  }
  const details = [
    ...result.broken.map(({ scanner, message }) => `${scanner} broke: ${message}`),
    ...(result.missing.length === 0 ? [] : [`Did not run: ${result.missing.join(", ")}`]),
  ];
  if (details.length > 0) {
    const count = new Set(result.broken.map(({ scanner }) => scanner)).size + result.missing.length;
    const text = `Not complete: ${counted(count, "scanner")} did not run to the end. Nothing is known of what ${count === 1 ? "it looks" : "they look"} for.`;
    return { tone: "warning", text, details };
  }
  if (totalOf(result) > 0) return undefined;
  return {
    tone: "clean",
    text: `Nothing found: all ${counted(result.ranCount, "scanner")} ran to the end.`,
    details: [],
  };
}
