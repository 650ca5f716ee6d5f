import { definedFields } from "../../findings/json-fields";
import { type FindingCounts, countFindings } from "../../findings/severity";
import { applyAcceptances } from "./accepted-finding";
import { type FindingsQuestion, answerQuestion } from "./findings-question";
import { gateFindingsOf, shorten } from "./gate-finding";
import { type GateSettings, type ResolvedGateSettings, baselineKindOf, resolveGateSettings } from "./settings";
import { coverageGap } from "./coverage";
import { type GateEvidence, type Judgement, REPORT_REASONS, type Verdict } from "./verdict";
import {
  type Closing,
  acceptanceWarnings,
  closedMessage,
  coverageWarnings,
  namesOf,
  runWithAll,
  scanNotes,
} from "./verdict-message";
import { endProblemOf } from "./scan-end";

/** Decides whether a deployment continues: by the settings first, then how the scan ended, the reports, the findings. */
export const decideVerdict = (settings: GateSettings, evidence: GateEvidence): Verdict =>
  judge(settings, evidence).verdict;

/** As `decideVerdict`, with the warnings. */
export function judge(given: GateSettings, evidence: GateEvidence): Judgement {
  const examined = examine(given, evidence);
  if ("verdict" in examined) return examined;
  const { question, warnings } = examined;
  return { verdict: answerQuestion(question, evidence.baseline), warnings };
}

/** A verdict; or, if only the findings are left to decide by, the question which of them are too many. */
export type Examination = Judgement | { question: FindingsQuestion; warnings: readonly string[] };

/** As `judge`, without the last step, for which the baseline must be known. */
export function examine(given: GateSettings, evidence: GateEvidence): Examination {
  const { settingsProblems: reported = [] } = evidence;
  const problems = [...reported, ...settingsProblems(given, evidence.scan)];
  // Only the caller can read a file.
  if (typeof given.baseline === "object" && evidence.baseline === undefined && reported.length === 0) {
    problems.push("baseline names a file, but its fingerprints are missing");
  }
  if (problems.length > 0) return closed(evidence, { reason: "invalidSettings", what: problems.join("; ") });
  const { settings } = resolveGateSettings(given, evidence.scan.abilities);
  const early =
    unseenProblem(evidence) ??
    endProblemOf(evidence.scan, settings) ??
    joinedProblem(settings, evidence) ??
    reportProblemOf(evidence);
  if (early !== undefined) return closed(evidence, early);
  return examineReport(settings, evidence);
}

/** Returns what makes settings unusable for a scan, before anybody waits for it. */
export function settingsProblems(
  given: GateSettings,
  scan: Pick<GateEvidence["scan"], "abilities" | "startedBy">,
): readonly string[] {
  const { settings, problems } = resolveGateSettings(given, scan.abilities);
  if (scan.startedBy !== "unknown" || settings.acceptJoined) return problems;
  const who = scan.abilities.knowsWhoStarted ? "IDs do not say" : "a webhook does not say";
  return [...problems, `acceptJoined must be true, since ${who} who started the scan`];
}

/** Nobody asks the service about such a scan, so it has no end. */
function unseenProblem({ scan }: GateEvidence): Closing | undefined {
  if (scan.startedBy !== "unseen") return undefined;
  return {
    reason: "scanJoined",
    what:
      "was not deployed by the gate's provider in this run: either the command left it out, and it may have tested what was " +
      "there before, or it belongs to another provider",
    ways: [runWithAll("the scan"), "give the gate and its scan the same provider"],
    excludesRescan: true,
  };
}

/** Refuses a scan that may have tested what was there before. No setting accepts one that this run left out. */
function joinedProblem({ acceptJoined }: ResolvedGateSettings, { scan }: GateEvidence): Closing | undefined {
  if (scan.startedBy === "earlier") {
    const what = "is of an earlier deployment, and this run left it out: it may have tested what was there then";
    return { reason: "scanJoined", what, ways: [runWithAll("the scan")] };
  }
  if (scan.startedBy !== "other" || acceptJoined) return undefined;
  return {
    reason: "scanJoined",
    what: "was running before this deployment, and may have tested what was there then",
    ways: [
      'set whenRunning: "restart" on the scan, or acceptJoined: true on the gate',
      "or run again once it has ended, which starts a scan of its own",
    ],
    excludesRescan: true,
  };
}

function reportProblemOf({ scan, findings, scannerErrors, reportProblems = [] }: GateEvidence): Closing | undefined {
  const [worst] = REPORT_REASONS.flatMap((reason) => reportProblems.filter((problem) => problem.reason === reason));
  if (worst !== undefined) return { reason: worst.reason, what: `has no report to decide by: ${worst.problem}` };
  if (findings === undefined || scannerErrors === undefined) {
    return { reason: "reportMissing", what: "has no report to decide by" };
  }
  // ASSUMED: the highest score is that of the findings in the report of the same scan.
  const maxCvss = scan.end.kind === "status" ? (scan.end.maxCvss ?? 0) : 0;
  if (findings.findings.length > 0 || maxCvss <= 0) return undefined;
  return { reason: "reportUnreadable", what: `has a highest score of ${maxCvss}, but no finding in its report` };
}

function examineReport(settings: ResolvedGateSettings, evidence: GateEvidence): Examination {
  const { findings, scanners, warnings: unread = [] } = evidence.findings ?? { findings: [], scanners: { ran: [] } };
  const { projectId, webhookDigest, scanId, urn, end, abilities, hasLogin } = evidence.scan;
  const { coverage, maxCvss, isLoginConfirmed } = end.kind === "status" ? end : {};
  const isLoginUnconfirmed = hasLogin === true && isLoginConfirmed !== true ? true : undefined;
  const examined = gateFindingsOf(findings, maxCvss);
  const applied = applyAcceptances(examined, settings.accept, evidence.now, ({ fingerprint }) => fingerprint);
  const accepting = acceptanceWarnings(applied, abilities.jsonFindings);
  const warnings = [...unread, ...accepting, ...coverageWarnings(scanId, coverage)];
  const skipped = skippedWithoutFindings(evidence);
  const ran = scanners.ran.filter((name) => !skipped.has(name));
  const required = settings.requiredScanners.filter((name) => !ran.includes(name));
  const facts = {
    findingCounts: countFindings(examined),
    missingScanners: [...new Set([...(scanners.missing ?? []), ...skipped.keys(), ...required])].sort(),
  };
  const closing =
    scannerFailure(evidence) ?? scannerGap(ran, required, skipped) ?? coverageGap(settings.minCoverage, coverage);
  if (closing !== undefined) {
    const notes = scanNotes({ coverage, isLoginUnconfirmed });
    const told = { findings: applied.counted, ...closing, notes, findingCounts: facts.findingCounts };
    return { ...closed(evidence, told, facts), warnings };
  }
  const { failOn, maxFindings, minCvss, baseline } = settings;
  const question: FindingsQuestion = {
    scan: { scanId, ...definedFields({ projectId, webhookDigest, urn }) },
    settings: { failOn, maxFindings, ...definedFields({ minCvss, baseline: baselineKindOf(baseline) }) },
    counted: applied.counted,
    accepted: applied.accepted.map(({ fingerprint }) => fingerprint),
    ...facts,
    ...definedFields({ coverage, isLoginUnconfirmed }),
    warnings,
  };
  return { question, warnings };
}

function scannerFailure({ scannerErrors = [] }: GateEvidence): Closing | undefined {
  if (scannerErrors.length === 0) return undefined;
  const lines = scannerErrors.map(({ scanner, message }) => `${shorten(scanner)}: ${shorten(message)}`);
  return {
    reason: "scannerFailed",
    what: `has scanners that broke (${scannerErrors.length}), and so found nothing`,
    lines,
  };
}

/** Skipped scanners by name, and why: the JSON report has an empty list for each, as if it had run and found nothing. */
function skippedWithoutFindings({ findings, skippedScanners = [] }: GateEvidence): Map<string, string> {
  const finding = new Set(findings?.findings.map(({ scanner }) => scanner));
  return new Map(
    skippedScanners.filter(({ scanner }) => !finding.has(scanner)).map(({ scanner, message }) => [scanner, message]),
  );
}

function scannerGap(
  ran: readonly string[],
  missing: readonly string[],
  skipped: ReadonlyMap<string, string>,
): Closing | undefined {
  const lines = missing.flatMap((name) => {
    const why = skipped.get(name);
    return why === undefined ? [] : [`${shorten(name)} was skipped${why === "" ? "" : `: ${shorten(why)}`}`];
  });
  if (ran.length === 0) return { reason: "scannerMissing", what: "ran no scanner at all", lines };
  if (missing.length === 0) return undefined;
  return { reason: "scannerMissing", what: `did not run scanners that the gate requires: ${namesOf(missing)}`, lines };
}

function closed(
  { scan }: GateEvidence,
  closing: Closing,
  facts: Pick<Verdict, "missingScanners"> & { findingCounts?: FindingCounts } = { missingScanners: [] },
): Judgement {
  const message = closedMessage(scan, closing);
  return { verdict: { passed: false, reason: closing.reason, message, scanId: scan.scanId, ...facts }, warnings: [] };
}
