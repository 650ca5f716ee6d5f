import { createHash } from "node:crypto";
import { isJsonObject } from "../json-fields";
import { answerQuestion, type FindingsQuestion } from "./findings-question";
import { isFingerprintList, joinFingerprints, shortFingerprint, splitFingerprints } from "./fingerprint-list";
import { parseQuestionText } from "./question-text";
import type { Verdict } from "./verdict";

/**
 * What a gate keeps from deployment to deployment to tell new findings from old ones: fingerprints, no reports. A scan is
 * always compared with the same baseline, whatever its settings are by then; so what was decided stays decided.
 */
export interface BaselineRecord {
  /** The scan that was decided about last: project and scan ID. */
  scan: string;
  /** The digest of the question that was answered; it tells whether the verdict is about this run's scan and settings. */
  question: string;
  /** The fingerprints that this scan was compared with, as `joinFingerprints` puts them; null where there was no baseline. */
  comparedWith: string | null;
  /** The fingerprints that the next scan is compared with; null where no scan has passed yet. */
  next: string | null;
}

/**
 * SHA-256, in hex, of what decides in a question, which is given as JSON text: not of its words, so that other words for the
 * same things are no change.
 *
 * @throws SyntaxError for what is no JSON, TypeError for what is no question
 */
export function digestOf(questionText: string): string {
  const { counted, warnings: _warnings, ...asked } = parseQuestionText(questionText);
  const findings = counted.map(({ fingerprint, severity, worstScore }) => [fingerprint, severity, worstScore]);
  return createHash("sha256")
    .update(JSON.stringify({ ...asked, findings }))
    .digest("hex");
}

/** A question with its answer. */
export interface RecordedAnswer {
  question: FindingsQuestion;
  verdict: Verdict;
  /** What the state is to know from now on. */
  record: BaselineRecord;
}

/**
 * Answers a question by what the state knows.
 *
 * @param questionText the question as JSON text: so it comes from the program, and nothing on the way takes a part of it for
 * something else
 * @throws SyntaxError for what is no JSON, TypeError for what is no question
 */
export function answerByRecord(questionText: string, record: BaselineRecord | undefined): RecordedAnswer {
  const question = parseQuestionText(questionText);
  const scan = `${question.scan.projectId ?? ""}/${question.scan.scanId}`;
  const comparedWith = record === undefined ? null : record.scan === scan ? record.comparedWith : record.next;
  const verdict = answerQuestion(question, fingerprintsOf(comparedWith));
  const next = nextBaseline(question, verdict.passed, comparedWith);
  return { question, verdict, record: { scan, question: digestOf(questionText), comparedWith, next } };
}

/** The fingerprints that a scan was compared with; undefined where there was no baseline. */
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
  return isKept ? current : joinFingerprints(new Set(counted.map(({ fingerprint }) => shortFingerprint(fingerprint))));
}

/** A record as it stands in a state; undefined where that has another form. */
export function parseBaselineRecord(value: unknown): BaselineRecord | undefined {
  if (!isJsonObject(value)) return undefined;
  const { scan, question, comparedWith, next } = value;
  if (typeof scan !== "string" || typeof question !== "string") return undefined;
  return isFingerprints(comparedWith) && isFingerprints(next) ? { scan, question, comparedWith, next } : undefined;
}

const isFingerprints = (value: unknown): value is string | null => value === null || isFingerprintList(value);
