import { definedFields } from "../json-fields";
import { countFindings, type FindingCounts } from "../severity";
import { applyAcceptances } from "./acceptance";
import { coverageNotes, coverageWarnings } from "./coverage";
import { REPORT_REASONS, type GateEvidence, type HeldEvidence, type ReportProblem } from "./evidence";
import { answerQuestion, type FindingsQuestion } from "./findings-question";
import { FindingHolder } from "./held-finding";
import { endProblemOf } from "./scan-end";
import {
  baselineKindOf,
  isKeptInState,
  resolveGateSettings,
  type GateSettings,
  type ResolvedGateSettings,
} from "./settings";
import { shorten } from "./short-text";
import type { Judgement, Verdict } from "./verdict";
import { acceptanceWarnings, closedMessage, namesOf, type Closing } from "./verdict-message";

/** Decides whether a deployment goes on: settings first, then how the scan ended, the reports, the findings. */
export const decideVerdict = (settings: GateSettings, evidence: GateEvidence): Verdict =>
  judge(settings, evidence).verdict;

/** As `decideVerdict`, with the warnings. */
export function judge(given: GateSettings, evidence: HeldEvidence): Judgement {
  const examined = examine(given, evidence);
  if ("verdict" in examined) return examined;
  const { question, warnings } = examined;
  return { verdict: answerQuestion(question, evidence.baseline), warnings };
}

/** A verdict; or, where only the findings are left to decide by, the question which of them are too much. */
export type Examination = Judgement | { question: FindingsQuestion; warnings: readonly string[] };

/** As `judge`, without the last step: whoever answers the question has to know the baseline. */
export function examine(given: GateSettings, evidence: HeldEvidence): Examination {
  const problems = [
    ...(evidence.settingsProblems ?? []),
    ...settingsProblems(given, evidence.scan),
    ...unreadBaseline(given, evidence),
  ];
  if (problems.length > 0) return closed(evidence, { reason: "invalidSettings", what: problems.join("; ") });
  const { settings } = resolveGateSettings(given, evidence.scan.transport);
  const early = endProblemOf(evidence.scan, settings) ?? joinedProblem(settings, evidence) ?? reportProblemOf(evidence);
  if (early !== undefined) return closed(evidence, early);
  return examineReport(settings, evidence);
}

/** What makes settings unusable for a scan, so that nobody needs to wait for it; empty where nothing does. */
export function settingsProblems(
  given: GateSettings,
  scan: Pick<GateEvidence["scan"], "transport" | "startedBy">,
): readonly string[] {
  const { settings, problems } = resolveGateSettings(given, scan.transport);
  if (scan.startedBy !== "unknown" || settings.acceptJoined) return problems;
  const who = scan.transport === "webhook" ? "a webhook does not say" : "IDs do not say";
  return [...problems, `acceptJoined has to be true, since ${who} who started the scan`];
}

/** Nobody but the caller can read a file. */
const unreadBaseline = (
  { baseline }: GateSettings,
  { baseline: fingerprints, settingsProblems: told }: HeldEvidence,
): string[] =>
  typeof baseline === "object" && fingerprints === undefined && (told ?? []).length === 0
    ? ["baseline names a file, and its fingerprints are not there to compare with"]
    : [];

/** A scan that may have tested what was there before. One that this run left out no setting lets pass. */
function joinedProblem({ acceptJoined }: ResolvedGateSettings, { scan }: HeldEvidence): Closing | undefined {
  if (scan.startedBy === "earlier") {
    const what = "is of an earlier deployment, and this run left it out: it may have tested what was there then";
    return { reason: "scanJoined", what, ways: ["run without --target and --exclude, or name the scan in --target"] };
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

function reportProblemOf({ findings, scannerErrors, reportProblems = [] }: HeldEvidence): Closing | undefined {
  const worst = [...reportProblems].sort((a, b) => rankOf(a) - rankOf(b))[0];
  if (worst !== undefined) return { reason: worst.reason, what: `has no report to decide by: ${worst.problem}` };
  if (findings !== undefined && scannerErrors !== undefined) return undefined;
  return { reason: "reportMissing", what: "has no report to decide by" };
}

const rankOf = ({ reason }: ReportProblem): number => REPORT_REASONS.indexOf(reason);

function examineReport(settings: ResolvedGateSettings, evidence: HeldEvidence): Examination {
  const { findings, scanners, warnings: unread = [] } = evidence.findings ?? { findings: [], scanners: { ran: [] } };
  const held = findings.map(new FindingHolder().hold);
  const applied = applyAcceptances(held, settings.accept, evidence.now, ({ fingerprint }) => fingerprint);
  const { projectId, scanId, urn, end } = evidence.scan;
  const coverage = end.kind === "status" ? end.coverage : undefined;
  const warnings = [...unread, ...acceptanceWarnings(applied), ...coverageWarnings(scanId, coverage)];
  const skipped = skippedWithoutFindings(evidence);
  const ran = scanners.ran.filter((name) => !skipped.has(name));
  const required = settings.requiredScanners.filter((name) => !ran.includes(name));
  const facts = {
    findingCounts: countFindings(held),
    missingScanners: [...new Set([...(scanners.missing ?? []), ...skipped.keys(), ...required])].sort(),
  };
  const closing =
    baselineExcess(settings, held.length) ?? scannerFailure(evidence) ?? scannerGap(ran, required, skipped);
  if (closing !== undefined) {
    const notes = coverageNotes(coverage);
    const told = { findings: applied.counted, ...closing, notes, findingCounts: facts.findingCounts };
    return { ...closed(evidence, told, facts), warnings };
  }
  const { failOn, maxFindings, minCvss, baseline } = settings;
  const question: FindingsQuestion = {
    scan: { scanId, ...definedFields({ projectId, urn }) },
    settings: { failOn, maxFindings, ...definedFields({ minCvss, baseline: baselineKindOf(baseline) }) },
    counted: applied.counted,
    accepted: applied.accepted.map(({ fingerprint }) => fingerprint),
    ...facts,
    ...definedFields({ coverage }),
    warnings,
  };
  return { question, warnings };
}

/** The fingerprints of so many findings go through the engine, and stand in the state, without a need for much memory. */
const MAX_BASELINE_FINDINGS = 50_000;

function baselineExcess({ baseline }: ResolvedGateSettings, count: number): Closing | undefined {
  if (!isKeptInState(baseline) || count <= MAX_BASELINE_FINDINGS) return undefined;
  return {
    reason: "reportTooLarge",
    what: `has ${count} findings, and a baseline in the state has room for ${MAX_BASELINE_FINDINGS}`,
    ways: ['compare with a file that lists fingerprints, which has room for more: baseline: { file: "..." }'],
  };
}

function scannerFailure({ scannerErrors = [] }: HeldEvidence): Closing | undefined {
  if (scannerErrors.length === 0) return undefined;
  const lines = scannerErrors.map(({ scanner, message }) => `${shorten(scanner)}: ${shorten(message)}`);
  return {
    reason: "scannerFailed",
    what: `has scanners that broke (${scannerErrors.length}), and so found nothing`,
    lines,
  };
}

/** What was skipped has an empty list in the JSON report, as if it had run and found nothing; by name, why. */
function skippedWithoutFindings({ findings, skippedScanners = [] }: HeldEvidence): Map<string, string> {
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
  { scan }: HeldEvidence,
  closing: Closing,
  facts: Pick<Verdict, "missingScanners"> & { findingCounts?: FindingCounts } = { missingScanners: [] },
): Judgement {
  const message = closedMessage(scan, closing);
  return { verdict: { passed: false, reason: closing.reason, message, scanId: scan.scanId, ...facts }, warnings: [] };
}
