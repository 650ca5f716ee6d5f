/**
 * Why a report could not be used.
 *
 * - `REPORT_EMPTY`: it says nothing: no bytes, no `findings`, or no scanner under them. Empty lists are no error.
 * - `REPORT_UNREADABLE`: it is no JSON, was cut off, is nested absurdly deep, or a field has another type than agreed.
 */
export type ReportErrorCode = "REPORT_EMPTY" | "REPORT_UNREADABLE";

/** A report that cannot be used. Neither its message nor its fields hold any of the report's values. */
export class ReportParseError extends Error {
  override readonly name = "ReportParseError";
  /** Stable; meant for programs. */
  readonly code: ReportErrorCode;
  /** Where it went wrong, as a JSON path from the root of what was given: `$`, `$.data.findings.xss[3].information`. */
  readonly path: string;

  /** @param problem what is wrong at that path, as the end of a sentence. */
  constructor(code: ReportErrorCode, path: string, problem: string) {
    super(`Reading the findings report: ${path} ${problem}. ${REMEDIES[code]} (${code})`);
    this.code = code;
    this.path = path;
  }
}

const REMEDIES: Readonly<Record<ReportErrorCode, string>> = {
  REPORT_EMPTY:
    "An empty report is no proof of a clean scan: check that the scan has finished, then fetch its JSON report again.",
  REPORT_UNREADABLE:
    "Fetch the JSON report of the scan again, and check that nothing between here and the service (proxy, login page) answers in its place.",
};
