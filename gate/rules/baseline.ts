import { counted } from "../../errors/plain-text";
import { countFindings, SEVERITIES } from "../../findings/severity";
import type { GateFinding } from "./gate-finding";
import type { BaselineKind } from "./settings";

/** The findings that count, compared with a baseline. */
export interface BaselineComparison {
  /** `recorded` for the first findings that `firstScan` saw; `none` if there is nothing to compare with. */
  state: "compared" | "recorded" | "none";
  /** The findings that are not old, among them all that cannot be recognised. */
  fresh: readonly GateFinding[];
  /** The findings that are, and so do not count. */
  old: readonly GateFinding[];
  /** How many of the baseline are no longer found; two findings with one fingerprint count once. */
  fixedCount: number;
}

interface Compared {
  counted: readonly GateFinding[];
  /** Fingerprints. */
  accepted: readonly string[];
  settings: { baseline?: BaselineKind };
}

/** Compares findings with the fingerprints of a baseline. An accepted finding is still found, so it is not fixed. */
export function compareWithBaseline(
  { counted, accepted, settings }: Compared,
  baseline: readonly string[] | undefined,
): BaselineComparison {
  if (settings.baseline === "firstScan" && baseline === undefined) {
    const fresh = counted.filter(({ isUnrecognisable }) => isUnrecognisable === true);
    return { state: "recorded", fresh, old: recognisable(counted), fixedCount: 0 };
  }
  if (settings.baseline === undefined || baseline === undefined) {
    return { state: "none", fresh: counted, old: [], fixedCount: 0 };
  }
  const known = new Set(baseline);
  const fixed = new Set(baseline);
  // The baseline in the state has short fingerprints.
  const entryOf = (fingerprint: string): string =>
    known.has(fingerprint) ? fingerprint : shortFingerprint(fingerprint);
  const fresh: GateFinding[] = [];
  const old: GateFinding[] = [];
  for (const finding of counted) {
    const entry = entryOf(finding.fingerprint);
    (known.has(entry) && finding.isUnrecognisable !== true ? old : fresh).push(finding);
    fixed.delete(entry);
  }
  for (const fingerprint of accepted) fixed.delete(entryOf(fingerprint));
  return { state: "compared", fresh, old, fixedCount: fixed.size };
}

/** Returns the findings that a baseline can hold. */
export const recognisable = (findings: readonly GateFinding[]): GateFinding[] =>
  findings.filter(({ isUnrecognisable }) => isUnrecognisable !== true);

/** Returns what a message says of a baseline, each the end of a sentence; empty if the gate has none. */
export function baselineNotes(
  kind: BaselineKind | undefined,
  { state, fresh, old, fixedCount }: BaselineComparison,
): readonly string[] {
  if (kind === undefined) return [];
  if (state === "none") return [`no baseline yet, so all count (baseline: ${kind})`];
  const unrecognisableCount = fresh.length - recognisable(fresh).length;
  const alwaysNew = unrecognisableCount > 0 ? [`${unrecognisableCount} without a message, so new each time`] : [];
  if (state === "recorded" && fresh.length === 0) return [`${recordedNote(old)} (baseline: ${kind})`];
  const fixed = fixedCount > 0 ? [`${fixedCount} of the baseline no longer found`] : [];
  // Nothing is recorded of a first scan whose unrecognisable findings close the gate.
  const left = state === "recorded" ? "of the first scan" : "old";
  return [`${old.length} ${left} left out (baseline: ${kind})`, ...alwaysNew, ...fixed];
}

/** Names the worst of what passes from now on: renaming a gate opens it on what it has just held back. */
function recordedNote(old: readonly GateFinding[]): string {
  const counts = countFindings(old);
  const worst = SEVERITIES.find((severity) => counts[severity] > 0);
  if (worst === undefined) return "0 recorded as the baseline: from the next scan on all findings count";
  const passing = `${counted(old.length, "finding")}, ${counts[worst]} ${worst}, will pass from now on`;
  return `${old.length} recorded as the baseline: ${passing}`;
}

/**
 * In hexadecimal digits: 128 bits of a SHA-256, in half the space. Finding another finding for a given one takes 2^128 tries, a
 * pair of findings that share them 2^64; and who can place both on a site can do worse to it.
 */
const LENGTH = 32;

/** The part of a fingerprint that is passed through the engine. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.slice(0, LENGTH);

/**
 * Joins fingerprints to one text: short, sorted, separated by blanks. The engine's SDK needs 25 to 35 bytes of memory for each
 * character (measured with 3.248), and some hundred more for each item of a list.
 */
export const joinFingerprints = (fingerprints: Iterable<string>): string =>
  Array.from(fingerprints, shortFingerprint).sort().join(" ");

export const splitFingerprints = (text: string): string[] => (text === "" ? [] : text.split(" "));

export const isFingerprintList = (value: unknown): value is string =>
  typeof value === "string" &&
  splitFingerprints(value).every((one) => one.length === LENGTH && /^[0-9a-f]+$/.test(one));
