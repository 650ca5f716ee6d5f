import { createHash } from "node:crypto";
import { isJsonObject } from "../../findings/json-fields";
import { isFingerprintList, joinFingerprints, recognisable, shortFingerprint, splitFingerprints } from "./baseline";
import { type FindingsQuestion, answerQuestion, parseQuestionText } from "./findings-question";
import type { Verdict } from "./verdict";

/**
 * What a gate keeps from deployment to deployment to tell new findings from old ones: fingerprints, no reports. A scan is
 * always compared with the same baseline, even if its settings change, so that a decision stands.
 */
export interface BaselineRecord {
  /** The scan that was decided about last: project, or digest of the webhook, and scan ID. */
  scan: string;
  /** The digest of the question that was answered; it tells whether the verdict is about this run's scan and settings. */
  question: string;
  /** The fingerprints that this scan was compared with, by `joinFingerprints`; null if there was no baseline. */
  comparedWith: string | null;
  /** The fingerprints that the next scan is compared with; null until a scan has passed. */
  next: string | null;
}

/**
 * Returns the SHA-256, in hex, of the facts in a question, given as JSON text. Its words are left out, so that a release can
 * change them.
 *
 * @throws SyntaxError for invalid JSON, TypeError for JSON that is not a question
 */
export function digestOf(questionText: string): string {
  const { scan, settings, findingCounts, coverage, missingScanners, ...lists } = parseQuestionText(questionText);
  const accepted = lists.accepted.map(shortFingerprint);
  const findings = lists.counted.map(({ fingerprint, severity, worstScore }) => [fingerprint, severity, worstScore]);
  return createHash("sha256")
    .update(JSON.stringify({ scan, settings, findingCounts, coverage, missingScanners, accepted, findings }))
    .digest("hex");
}

/** A question with its answer. */
export interface RecordedAnswer {
  question: FindingsQuestion;
  verdict: Verdict;
  /** What the state keeps from now on. */
  record: BaselineRecord;
}

/**
 * Answers a question by what the state knows.
 *
 * @param questionText the question as JSON text, as the program wrote it
 * @throws SyntaxError for invalid JSON, TypeError for JSON that is not a question
 */
export function answerByRecord(questionText: string, record: BaselineRecord | undefined): RecordedAnswer {
  const question = parseQuestionText(questionText);
  const { projectId, webhookDigest, scanId } = question.scan;
  const scan = `${projectId ?? webhookDigest ?? ""}/${scanId}`;
  const comparedWith = record === undefined ? null : record.scan === scan ? record.comparedWith : record.next;
  const verdict = answerQuestion(question, fingerprintsOf(comparedWith));
  const next = nextBaseline(question, verdict.passed, comparedWith);
  return { question, verdict, record: { scan, question: digestOf(questionText), comparedWith, next } };
}

/** Returns the fingerprints that a scan was compared with; undefined if there was no baseline. */
export const baselineOf = ({ comparedWith }: BaselineRecord): readonly string[] | undefined =>
  fingerprintsOf(comparedWith);

const fingerprintsOf = (list: string | null): readonly string[] | undefined =>
  list === null ? undefined : splitFingerprints(list);

/** Accepted findings are left out, so that they count again when their acceptance ends. */
function nextBaseline(
  { settings, counted }: FindingsQuestion,
  hasPassed: boolean,
  current: string | null,
): string | null {
  const isKept = settings.baseline === "firstScan" ? current !== null : !hasPassed;
  if (isKept) return current;
  return joinFingerprints(new Set(recognisable(counted).map(({ fingerprint }) => shortFingerprint(fingerprint))));
}

/** Parses a record of a state; undefined for a value of another form. */
export function parseBaselineRecord(value: unknown): BaselineRecord | undefined {
  if (!isJsonObject(value)) return undefined;
  const { scan, question, comparedWith, next } = value;
  if (typeof scan !== "string" || typeof question !== "string") return undefined;
  return isFingerprints(comparedWith) && isFingerprints(next) ? { scan, question, comparedWith, next } : undefined;
}

const isFingerprints = (value: unknown): value is string | null => value === null || isFingerprintList(value);
