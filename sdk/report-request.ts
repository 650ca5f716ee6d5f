import type { ReportSource } from "../provider/client";
import { CrashtestError } from "../provider/errors";
import { isDerivedFormat, REPORT_FORMATS, type ReportFormat } from "./report-format";
import { parsePlace, type ReportPlace } from "./report-place";
import { parseScanReference, type ScanReference } from "./scan-reference";

/** Which report, and where it goes. */
export type ReportArgs = ScanReference & {
  /**
   * `pdf`, `xml` (JUnit) or `json`, as the service has them; with a webhook `xml` only. Or, made from the JSON report:
   * `sarif` (2.1.0), `junit`, `markdown` or `html`.
   */
  format: ReportFormat;
  /**
   * The file to write, from the program's folder, or with `folder` from that one; it is replaced whole, and readable by its
   * owner only. The folder that it is in is made if it is missing.
   * @default none: a file of this run, removed at its end, which the asset names
   */
  path?: string | undefined;
  /**
   * A folder that the file cannot leave, from the program's folder; it is made if it is missing, and may be a link. `path` is
   * then a name inside it, for one that is put together from other texts: with slashes, below it in the end. Refused are absolute
   * paths, drives, backslashes, a `..` that leaves, control characters and invisible marks, names of folders, and links on
   * the way that lead outside.
   * @default none: `path` may lead anywhere
   */
  folder?: string | undefined;
  /**
   * The fingerprints of findings that are not new; a derived report marks the others as new. Not for `pdf`, `xml` and `json`.
   * @default none: nothing is marked
   */
  baseline?: readonly string[] | undefined;
  /**
   * Whether `sarif`, `junit`, `markdown` and `html` are made also of a scan that did not finish (stopped, failed, or of an unknown
   * status): they say so, but who takes them for all that there is closes what was found earlier. The service's own `pdf`,
   * `xml` and `json` are handed on in any case.
   * @default false
   */
  allowUnfinished?: boolean | undefined;
};

/** The arguments of `getReport`, once they are known to be good. */
export interface ReportRequest {
  readonly source: ReportSource;
  readonly format: ReportFormat;
  readonly baseline: readonly string[] | undefined;
  readonly allowUnfinished: boolean;
  readonly place: ReportPlace | undefined;
}

/** Looks at nothing but the arguments. @throws CrashtestError `ARGUMENT_INVALID` */
export function parseReportArgs(args: ReportArgs): ReportRequest {
  const { format } = args;
  if (!REPORT_FORMATS.includes(format)) throw refused(`format has to be ${REPORT_FORMATS.join(", ")}`);
  const source = parseScanReference("getReport", args);
  if (isDerivedFormat(format) && "webhook" in source) {
    throw refused(
      `${format} is made from the JSON report, and a webhook has none`,
      "Ask for xml, or name the project instead of its webhook.",
    );
  }
  const allowUnfinished: unknown = args.allowUnfinished ?? false;
  if (typeof allowUnfinished !== "boolean") throw refused("allowUnfinished has to be true or false");
  return { source, format, baseline: parseBaseline(format, args.baseline), allowUnfinished, place: parsePlace(args) };
}

function parseBaseline(format: ReportFormat, baseline: unknown): readonly string[] | undefined {
  if (baseline === undefined) return undefined;
  if (!isDerivedFormat(format)) {
    throw refused(
      `baseline cannot be used with ${format}, which comes from the service as it is`,
      "Leave it out, or ask for sarif, junit, markdown or html.",
    );
  }
  if (!Array.isArray(baseline) || !baseline.every((item): item is string => typeof item === "string")) {
    throw refused("baseline has to be a list of fingerprints, each a text");
  }
  return baseline;
}

const refused = (problem: string, remedy?: string): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: `getReport: ${problem}`,
    ...(remedy !== undefined && { remedy }),
  });
