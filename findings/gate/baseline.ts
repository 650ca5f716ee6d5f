import { counted } from "../counted";
import { countFindings, SEVERITIES } from "../severity";
import { shortFingerprint } from "./fingerprint-list";
import type { CountedFinding } from "./gate-finding";
import type { BaselineKind } from "./settings";

/** What a baseline makes of the findings that count. */
export interface BaselineComparison {
  /** `recorded` where these findings are the first that `firstScan` saw; `none` where there is nothing to compare with. */
  state: "compared" | "recorded" | "none";
  /** The findings that are not old. */
  fresh: readonly CountedFinding[];
  /** The findings that are, and so do not count. */
  old: readonly CountedFinding[];
  /** So many of the baseline are no longer found; two findings with one fingerprint are one here. */
  fixedCount: number;
}

interface Compared {
  counted: readonly CountedFinding[];
  /** Fingerprints. */
  accepted: readonly string[];
  settings: { baseline?: BaselineKind };
}

/** An accepted finding is still found, so it is not fixed. */
export function compareWithBaseline(
  { counted, accepted, settings }: Compared,
  baseline: readonly string[] | undefined,
): BaselineComparison {
  if (settings.baseline === undefined) return { state: "none", fresh: counted, old: [], fixedCount: 0 };
  if (baseline === undefined && settings.baseline === "firstScan") {
    return { state: "recorded", fresh: [], old: counted, fixedCount: 0 };
  }
  if (baseline === undefined) return { state: "none", fresh: counted, old: [], fixedCount: 0 };
  return { state: "compared", ...compared(counted, accepted, baseline) };
}

/** In one pass, since there may be a hundred thousand and more. */
function compared(
  counted: readonly CountedFinding[],
  accepted: readonly string[],
  baseline: readonly string[],
): Omit<BaselineComparison, "state"> {
  const known = new Set(baseline);
  const fixed = new Set(baseline);
  /** The baseline in the state has short ones. */
  const entryOf = (fingerprint: string): string =>
    known.has(fingerprint) ? fingerprint : shortFingerprint(fingerprint);
  const [fresh, old]: [CountedFinding[], CountedFinding[]] = [[], []];
  for (const finding of counted) {
    const entry = entryOf(finding.fingerprint);
    (known.has(entry) ? old : fresh).push(finding);
    fixed.delete(entry);
  }
  for (const fingerprint of accepted) fixed.delete(entryOf(fingerprint));
  return { fresh, old, fixedCount: fixed.size };
}

/** What a message says of a baseline, each the end of a sentence; empty where the gate has none. */
export function baselineNotes(
  kind: BaselineKind | undefined,
  { state, old, fixedCount }: BaselineComparison,
): readonly string[] {
  if (kind === undefined) return [];
  if (state === "none") return [`no baseline yet, so all count (baseline: ${kind})`];
  if (state === "recorded") return [`${recordedNote(old)} (baseline: ${kind})`];
  const fixed = fixedCount > 0 ? [`${fixedCount} of the baseline no longer found`] : [];
  return [`${old.length} old left out (baseline: ${kind})`, ...fixed];
}

/** What is let pass for ever is said with the worst of it: under a new name a gate opens on what it has just held back. */
function recordedNote(old: readonly CountedFinding[]): string {
  const counts = countFindings(old);
  const worst = SEVERITIES.find((severity) => counts[severity] > 0);
  if (worst === undefined) return "0 recorded as the baseline: from the next scan on all findings count";
  const passing = `${counted(old.length, "finding")}, ${counts[worst]} ${worst}, will be let pass from now on`;
  return `${old.length} recorded as the baseline: ${passing}`;
}
