import { plainText } from "./plain-text";

/**
 * Why a report could not be used.
 *
 * - `REPORT_EMPTY`: it says nothing: no bytes; of JSON also no `findings`, or no scanner under them. Empty lists are no error.
 * - `REPORT_UNREADABLE`: it is no JSON or XML, was cut off, is nested absurdly deep, has another form than agreed, or holds
 *   less than it declares.
 * - `REPORT_TOO_LARGE`: it has more of something, such as findings, or longer texts than are read (`report-limits`).
 */
export type ReportErrorCode = "REPORT_EMPTY" | "REPORT_UNREADABLE" | "REPORT_TOO_LARGE";

/** The form in which a report was asked for. */
export type ReportErrorFormat = "JSON" | "XML";

/** A report that cannot be used. Neither its message nor its fields hold any of the report's values. */
export class ReportParseError extends Error {
  override readonly name = "ReportParseError";
  /** Stable; meant for programs. */
  readonly code: ReportErrorCode;
  /**
   * Where it went wrong: in JSON a path from the root of what was given (`$`, `$.data.findings.xss[3].information`), in XML
   * the place in the text (`line 3, column 14`), or `$` for all of it.
   */
  readonly path: string;

  /**
   * @param problem what is wrong at that path, as the end of a sentence.
   * @param format which report to fetch again; `JSON` by default.
   */
  constructor(code: ReportErrorCode, path: string, problem: string, format: ReportErrorFormat = "JSON") {
    super(plainText(`Reading the findings report: ${path} ${problem}. ${REMEDIES[code](format)} (${code})`));
    this.code = code;
    this.path = path;
  }
}

const REMEDIES: Readonly<Record<ReportErrorCode, (format: ReportErrorFormat) => string>> = {
  REPORT_EMPTY: (format) =>
    `An empty report is no proof of a clean scan: check that the scan has finished, then fetch its ${format} report again.`,
  REPORT_UNREADABLE: (format) =>
    `Fetch the ${format} report of the scan again, and check that nothing between here and the service (proxy, login page) answers in its place.`,
  REPORT_TOO_LARGE: (format) =>
    `No scanner reports as much by itself: look into the ${format} report for what repeats or fills it, such as the site's answers, and keep the scan from it.`,
};
