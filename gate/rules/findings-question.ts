import { isJsonObject } from "../../findings/json-fields";
import { type FindingCounts, SEVERITIES, type Severity, compareSeverity } from "../../findings/severity";
import type { ScanCoverage } from "../../service/scan-status";
import { baselineNotes, compareWithBaseline } from "./baseline";
import { type GateFinding, compareFindings, shorten } from "./gate-finding";
import type { BaselineKind, FailOn, ResolvedGateSettings } from "./settings";
import type { GatedScan, Verdict } from "./verdict";
import { closedMessage, openMessage, scanNotes } from "./verdict-message";

/**
 * What is left to decide once only the findings count. It can be passed, as `questionText`, to the provider, which sees the
 * state and so knows the baseline.
 */
export interface FindingsQuestion {
  scan: Pick<GatedScan, "scanId" | "projectId" | "webhookDigest" | "urn">;
  settings: Thresholds & { baseline?: BaselineKind };
  /** The findings that nobody has accepted. */
  counted: readonly GateFinding[];
  /** The fingerprints of those that somebody has. */
  accepted: readonly string[];
  findingCounts: FindingCounts;
  missingScanners: readonly string[];
  /** How much of its target the scan saw; absent if the service does not say. */
  coverage?: ScanCoverage;
  /** The scan has a login, and the service does not say that it worked. */
  isLoginUnconfirmed?: true;
  /** Warnings about the report, the acceptances, and a scan that saw little. */
  warnings: readonly string[];
}

/**
 * Decides by the findings that count and are not in the baseline.
 *
 * @param baseline the fingerprints of old findings; undefined if there are none yet: then all count, except with `firstScan`,
 * which makes these the old ones
 */
export function answerQuestion(question: FindingsQuestion, baseline: readonly string[] | undefined): Verdict {
  const { scan, settings, accepted, findingCounts, missingScanners, warnings } = question;
  const comparison = compareWithBaseline(question, baseline);
  const excesses = excessesOf(settings, comparison.fresh);
  const facts = { scanId: scan.scanId, findingCounts, missingScanners };
  const notes = [...baselineNotes(settings.baseline, comparison), ...scanNotes(question)];
  if (excesses.length === 0) {
    return { passed: true, reason: "passed", message: openMessage(question, notes), ...facts };
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

/**
 * Writes a question as JSON text, whatever the order of the report.
 *
 * @param clean is applied to texts that somebody else wrote
 */
export function questionText(question: FindingsQuestion, clean: (text: string) => string): string {
  const { counted, accepted, missingScanners, warnings } = question;
  return JSON.stringify({
    ...question,
    missingScanners: missingScanners.map((name) => shorten(clean(name))),
    warnings: warnings.map(clean),
    counted: [...counted].sort(compareFindings).map((finding) => cleaned(finding, clean)),
    accepted: [...accepted].sort(),
  });
}

function cleaned(finding: GateFinding, clean: (text: string) => string): GateFinding {
  const { fingerprint, severity, baseScore, worstScore, isUnrecognisable, title, scanner, place, cveCount } = finding;
  const texts = { title: clean(title), scanner: clean(scanner), place: clean(place) };
  return { fingerprint, severity, baseScore, worstScore, isUnrecognisable, cveCount, ...texts };
}

/** @throws SyntaxError for invalid JSON, TypeError for JSON that is not a question */
export function parseQuestionText(text: string): FindingsQuestion {
  const question: unknown = JSON.parse(text);
  if (!isQuestion(question)) throw new TypeError("expected a gate's question, but got something else");
  return question;
}

const isQuestion = (value: unknown): value is FindingsQuestion =>
  isJsonObject(value) && Array.isArray(value["counted"]) && Array.isArray(value["accepted"]);

/** More of something than the settings allow. */
export interface Excess {
  /** What is too much, such as "2 high (failOn: high)". */
  what: string;
  findings: readonly GateFinding[];
}

/** The settings that say how much is too much. */
export type Thresholds = Pick<ResolvedGateSettings, "failOn" | "maxFindings"> & { minCvss?: number | undefined };

/** Returns all that closes a gate among the findings that count. */
export function excessesOf(settings: Thresholds, findings: readonly GateFinding[]): Excess[] {
  const bySeverity = SEVERITIES.map((severity) => excessOf(settings, severity, findings));
  return [...bySeverity, scoreExcess(settings, findings)].filter((excess) => excess !== undefined);
}

/** Returns whether a severity is at or above the threshold; `unknown` reaches every threshold. */
export function reachesThreshold(severity: Severity, failOn: FailOn): boolean {
  if (failOn === "none") return false;
  return severity === "unknown" || compareSeverity(severity, failOn) <= 0;
}

function excessOf(settings: Thresholds, severity: Severity, all: readonly GateFinding[]): Excess | undefined {
  const findings = all.filter((finding) => finding.severity === severity);
  const allowed = settings.maxFindings[severity];
  const limit = allowed ?? (reachesThreshold(severity, settings.failOn) ? 0 : Number.POSITIVE_INFINITY);
  if (findings.length <= limit) return undefined;
  const why = allowed === undefined ? `failOn: ${settings.failOn}` : `maxFindings: ${allowed} ${severity}`;
  return { what: `${findings.length} ${severity} (${why})`, findings };
}

function scoreExcess({ minCvss }: Thresholds, all: readonly GateFinding[]): Excess | undefined {
  if (minCvss === undefined) return undefined;
  const findings = all.filter(({ worstScore }) => worstScore >= minCvss);
  if (findings.length === 0) return undefined;
  return { what: `${findings.length} with a score of ${minCvss} or more (minCvss)`, findings };
}
