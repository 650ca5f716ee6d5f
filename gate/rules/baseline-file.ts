import { FINGERPRINT_NAMES, fingerprintOf, identityOf } from "../../findings/fingerprint";
import { fieldOf, isJsonObject } from "../../findings/json-fields";
import { parseJunit } from "../../findings/junit";
import { parseFindings } from "../../findings/report";

/** An invalid file of old findings. Its message repeats no value. */
export class BaselineFileError extends Error {
  override readonly name = "BaselineFileError";
  /** Stable; meant for programs. */
  readonly code = "BASELINE_FILE_UNREADABLE";

  constructor(problem: string) {
    super(
      `Reading the baseline: ${problem}. Give it a JSON or XML (JUnit) report of the service, a SARIF report of this package, or a JSON list of fingerprints. (BASELINE_FILE_UNREADABLE)`,
    );
  }
}

/** Other markup, such as an error page, is no report. */
const JUNIT_START = /^\uFEFF?\s*<(?:\?xml|testsuite)/;

/**
 * Parses the fingerprints of old findings, each once, from a JSON or XML (JUnit) report, a SARIF report of this package, or a JSON
 * list of fingerprints. In a report without findings, and in an empty list, nothing is old. The findings of a JSON report and of
 * an XML report have different fingerprints: take the kind from which the gate decides.
 *
 * @throws BaselineFileError for JSON of another form; ReportParseError for an invalid report, or one that is too large
 */
export function parseBaselineFile(text: string): readonly string[] {
  if (JUNIT_START.test(text)) return junitFingerprintsOf(text);
  const value = jsonOf(text);
  if (Array.isArray(value)) {
    return unique(value, "the list has an entry that is not a fingerprint (64 hexadecimal digits)");
  }
  if (!isJsonObject(value)) throw new BaselineFileError("it is JSON, but neither an object nor a list");
  if (!Object.hasOwn(value, "runs")) return [...new Set(parseFindings(value).findings.map(fingerprintOf))];
  const fingerprints = listOf(value, "runs")
    .flatMap((run) => listOf(run, "results"))
    .map((result) => memberOf(result, "partialFingerprints"))
    .map((named) => memberOf(named, FINGERPRINT_NAMES.json) ?? memberOf(named, FINGERPRINT_NAMES.junit));
  const names = Object.values(FINGERPRINT_NAMES).join(" or ");
  return unique(fingerprints, `a result of this SARIF has no partial fingerprint ${names}`);
}

function junitFingerprintsOf(xml: string): readonly string[] {
  const identities = parseJunit(xml).findings.map(identityOf);
  return [...new Set(identities.flatMap((one) => (one.isRecognisable ? [one.fingerprint] : [])))];
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
