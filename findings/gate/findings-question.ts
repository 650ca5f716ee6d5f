import type { FindingCounts } from "../severity";
import type { ScanCoverage } from "../../provider/scan-state";
import { baselineNotes, compareWithBaseline } from "./baseline";
import { coverageNotes } from "./coverage";
import type { GatedScan } from "./evidence";
import type { CountedFinding } from "./gate-finding";
import type { BaselineKind } from "./settings";
import { excessesOf, type Thresholds } from "./thresholds";
import type { Verdict } from "./verdict";
import { closedMessage, openMessage } from "./verdict-message";

/**
 * What is left to decide once everything but the findings is good. It can be handed, as `questionText`, to whoever knows the
 * baseline: the provider, which sees the state.
 */
export interface FindingsQuestion {
  scan: Pick<GatedScan, "scanId" | "projectId" | "urn">;
  settings: Thresholds & { baseline?: BaselineKind };
  /** The findings that nobody has accepted; of a great many only some with a name. */
  counted: readonly CountedFinding[];
  /** The fingerprints of those that somebody has. */
  accepted: readonly string[];
  findingCounts: FindingCounts;
  missingScanners: readonly string[];
  /** How much of its target the scan saw; absent where the service does not say. */
  coverage?: ScanCoverage;
  /** What people should know of the report, of their acceptances, and of a scan that saw little. */
  warnings: readonly string[];
}

/**
 * Decides by the findings that count and are not in the baseline.
 *
 * @param baseline the fingerprints of old findings; undefined where there are none yet: then all count, but for `firstScan`,
 * which takes these for the old ones from now on
 */
export function answerQuestion(question: FindingsQuestion, baseline: readonly string[] | undefined): Verdict {
  const { scan, settings, accepted, findingCounts, missingScanners, coverage, warnings } = question;
  const comparison = compareWithBaseline(question, baseline);
  const excesses = excessesOf(settings, comparison.fresh);
  const facts = { scanId: scan.scanId, findingCounts, missingScanners };
  const notes = [...baselineNotes(settings.baseline, comparison), ...coverageNotes(coverage)];
  if (excesses.length === 0) {
    const told = { ...facts, failOn: settings.failOn, acceptedCount: accepted.length, notes };
    return { passed: true, reason: "passed", message: openMessage(told), ...facts };
  }
  const kind = comparison.state === "compared" ? "new findings" : "findings";
  const message = closedMessage(scan, {
    reason: "findings",
    what: `has too many ${kind}: ${excesses.map((excess) => excess.what).join(", ")}`,
    notes: [...(accepted.length > 0 ? [`${accepted.length} more accepted`] : []), ...notes],
    findings: [...new Set(excesses.flatMap((excess) => excess.findings))],
    findingCounts,
    lines: warnings,
  });
  return { passed: false, reason: "findings", message, ...facts };
}
