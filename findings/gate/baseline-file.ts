import { fingerprintOf } from "../fingerprint";
import { FINGERPRINT_NAME } from "../formats/fingerprint-name";
import { fieldOf, isJsonObject } from "../json-fields";
import { readReportJson } from "../report-json";
import { assembleReport, type FindingMaker } from "../report-reading";

/** A file of old findings that is none. Its message repeats no value. */
export class BaselineFileError extends Error {
  override readonly name = "BaselineFileError";
  /** Stable; meant for programs. */
  readonly code = "BASELINE_FILE_UNREADABLE";

  constructor(problem: string) {
    super(
      `Reading the baseline: ${problem}. Give it a JSON report of the service, a SARIF report of this package, or a JSON list of fingerprints. (BASELINE_FILE_UNREADABLE)`,
    );
  }
}

/**
 * The fingerprints of old findings, each once, from a JSON report, a SARIF report of this package, or a JSON list of
 * fingerprints. A report without findings, and an empty list, are a baseline in which nothing is old.
 *
 * @throws BaselineFileError for JSON of another form; ReportParseError for what is no report, or one that is too large
 */
export function parseBaselineFile(text: string): readonly string[] {
  const value = jsonOf(text);
  if (Array.isArray(value))
    return unique(value, "the list has an entry that is no fingerprint (64 hexadecimal digits)");
  if (!isJsonObject(value)) throw new BaselineFileError("it is JSON, but no object and no list");
  if (Object.hasOwn(value, "runs")) {
    return unique(sarifFingerprints(value), `a result of this SARIF has no partial fingerprint ${FINGERPRINT_NAME}`);
  }
  return unique(assembleReport(readReportJson(value), FINGERPRINTED).findings, "");
}

/** Nothing else is held of a report's findings. */
const FINGERPRINTED: FindingMaker<{ slug: string; fingerprint: string }, string> = {
  keep: (found) => ({ slug: found.slug, fingerprint: fingerprintOf(found) }),
  make: ({ fingerprint }) => fingerprint,
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The engine's own message quotes the text.
    throw new BaselineFileError("it is no JSON, or was cut off");
  }
}

function sarifFingerprints(log: Readonly<Record<string, unknown>>): unknown[] {
  return listOf(log, "runs").flatMap((run) =>
    listOf(run, "results").map((result) => memberOf(memberOf(result, "partialFingerprints"), FINGERPRINT_NAME)),
  );
}

function listOf(value: unknown, name: string): unknown[] {
  const list = memberOf(value, name);
  if (!Array.isArray(list)) throw new BaselineFileError(`it is a SARIF report whose ${name} are no list`);
  return list;
}

const memberOf = (value: unknown, name: string): unknown => (isJsonObject(value) ? fieldOf(value, name) : undefined);

function unique(values: readonly unknown[], problem: string): readonly string[] {
  if (!values.every(isFingerprint)) throw new BaselineFileError(problem);
  return [...new Set(values)];
}

const isFingerprint = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
