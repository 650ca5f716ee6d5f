import type { Description } from "./description";
import { describeFinding, type Finding, type UndescribedFinding } from "./finding";
import type { JsonObject } from "./json-fields";
import { readReportJson } from "./report-json";
import { assembleReport, FindingsReading, type FindingMaker } from "./report-reading";
import type { FindingCounts } from "./severity";

/** Which scanners a report speaks of. */
export interface ReportScanners {
  /** Those with a list in the report, be it empty. ASSUMED: a scanner whose key is absent did not run. */
  readonly ran: readonly string[];
  /** ASSUMED: `data.scanners`, those that should have run; absent where the report does not say. */
  readonly expected?: readonly string[];
  /** Those of `expected` that did not run. Absent, which is not the same as none, where `expected` is. */
  readonly missing?: readonly string[];
}

/** A JSON report as data. */
export interface FindingsReport {
  /** All findings in the order of the report. */
  readonly findings: readonly Finding[];
  /** How many findings there are of each severity. */
  readonly findingCounts: FindingCounts;
  readonly scanners: ReportScanners;
  /** What the report says of each kind of finding, in its order; also of kinds that were not found. */
  readonly descriptions: readonly Description[];
  /** All other fields beside the report's findings, as they came. */
  readonly additional: JsonObject;
  /** On fields that were left out, since they have another type than agreed and decide nothing; for people. */
  readonly warnings: readonly string[];
}

/** All that a report says of its findings. */
export const WHOLE_FINDINGS: FindingMaker<UndescribedFinding, Finding> = {
  keep: (found) => found,
  make: describeFinding,
};

/**
 * Reads a JSON report: its text or what `JSON.parse` made of it, with or without the envelope (`message`, `data`).
 * Empty lists are a report with 0 findings. Null counts as absent, except for the list of a scanner. Findings of scanners
 * that nobody has heard of are kept.
 * @throws ReportParseError `REPORT_EMPTY` if it has no content, no `findings`, or no scanner under them;
 * `REPORT_UNREADABLE` if it is no JSON, nested too deep, or a field that decides has another type than agreed (others are left
 * out, see `warnings`, and a score that is no number is unknown); `REPORT_TOO_LARGE` beyond a limit of what is read, of which
 * an object that is given has those of its sentences, scanners and descriptions only.
 */
export function parseFindings(report: string | object): FindingsReport {
  if (typeof report !== "string") return assembleReport(readReportJson(report), WHOLE_FINDINGS);
  const reading = new FindingsReading(WHOLE_FINDINGS);
  reading.write(report);
  return reading.end();
}
