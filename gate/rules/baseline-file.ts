import { FINGERPRINT_NAME, fingerprintOf } from "../../findings/fingerprint";
import { fieldOf, isJsonObject } from "../../findings/json-fields";
import { parseFindings } from "../../findings/report";

/** An invalid file of old findings. Its message repeats no value. */
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
 * Parses the fingerprints of old findings, each once, from a JSON report, a SARIF report of this package, or a JSON list of
 * fingerprints. In a report without findings, and in an empty list, nothing is old.
 *
 * @throws BaselineFileError for JSON of another form; ReportParseError for an invalid report, or one that is too large
 */
export function parseBaselineFile(text: string): readonly string[] {
  const value = jsonOf(text);
  if (Array.isArray(value)) {
    return unique(value, "the list has an entry that is not a fingerprint (64 hexadecimal digits)");
  }
  if (!isJsonObject(value)) throw new BaselineFileError("it is JSON, but neither an object nor a list");
  if (!Object.hasOwn(value, "runs")) return [...new Set(parseFindings(value).findings.map(fingerprintOf))];
  const fingerprints = listOf(value, "runs")
    .flatMap((run) => listOf(run, "results"))
    .map((result) => memberOf(memberOf(result, "partialFingerprints"), FINGERPRINT_NAME));
  return unique(fingerprints, `a result of this SARIF has no partial fingerprint ${FINGERPRINT_NAME}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The engine's own message quotes the text.
    throw new BaselineFileError("it is not JSON, or is truncated");
  }
}

function listOf(value: unknown, name: string): unknown[] {
  const list = memberOf(value, name);
  if (!Array.isArray(list)) throw new BaselineFileError(`it is a SARIF report in which ${name} is not a list`);
  return list;
}

const memberOf = (value: unknown, name: string): unknown => (isJsonObject(value) ? fieldOf(value, name) : undefined);

function unique(values: readonly unknown[], problem: string): readonly string[] {
  const isFingerprint = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
  if (!values.every(isFingerprint)) throw new BaselineFileError(problem);
  return [...new Set(values)];
}
