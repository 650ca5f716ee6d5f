import { CrashtestError, type ErrorCode } from "../errors/errors";

/** Why a report could not be used, see `ErrorCode`. */
export type ReportErrorCode = Extract<ErrorCode, "REPORT_EMPTY" | "REPORT_UNREADABLE" | "REPORT_TOO_LARGE">;

/** The format in which a report was requested. */
export type ReportErrorFormat = "JSON" | "XML";

/** A report that cannot be used. Neither its message nor its properties contain any of the report's values. */
export class ReportParseError extends CrashtestError {
  declare readonly code: ReportErrorCode;

  /**
   * @param path where the problem is: in JSON a path from the root (`$`, `$.data.findings.xss[3].information`), in XML the
   * position in the text (`line 3, column 14`), or `$` for the whole report
   * @param problem what is wrong at that path, as the end of a sentence
   * @param format which report to fetch again
   */
  constructor(
    code: ReportErrorCode,
    readonly path: string,
    problem: string,
    format: ReportErrorFormat = "JSON",
  ) {
    super({ code, problem: `Could not read the findings report: ${path} ${problem}`, remedy: REMEDIES[code](format) });
  }
}

const REMEDIES: Readonly<Record<ReportErrorCode, (format: ReportErrorFormat) => string>> = {
  REPORT_EMPTY: (format) =>
    `An empty report does not prove a clean scan: check that the scan has finished, then fetch its ${format} report again.`,
  REPORT_UNREADABLE: (format) =>
    `Fetch the ${format} report of the scan again, and check that nothing between here and the service (proxy, login page) answers instead.`,
  REPORT_TOO_LARGE: (format) =>
    `Scanners do not normally report this much: check the ${format} report for what repeats or fills it, such as the site's responses, and exclude that from the scan.`,
};

// Limits of a report. No scanner comes close, but a report may contain what a scanned site responds. The service's client limits
// the bytes (`MAX_PARSED_REPORT_BYTES`).

/** Findings per report. */
export const MAX_FINDINGS = 10_000;

/** Scanners, broken scanners, and descriptions per report; each of them. */
export const MAX_KINDS = 10_000;

/** Length of any text, in UTF-16 characters. V8's regular expressions overflow their stack on much longer ones. */
export const MAX_TEXT_LENGTH = 512 * 1024;

/** Length of a scanner's sentence, in UTF-16 characters: it is searched many times. */
export const MAX_SENTENCE_LENGTH = 256 * 1024;

/** Nesting depth. Real reports have about 6 levels; printing much deeper ones could overflow the stack. */
export const MAX_REPORT_DEPTH = 64;
export const TOO_DEEP = `is nested more than ${MAX_REPORT_DEPTH} levels deep`;
