import { readFile, stat } from "node:fs/promises";

/** A larger report is not read: its findings are held in memory. */
export const MAX_REPORT_BYTES = 67_108_864;

/** A finding as the scanner reports it, without the fields that contain requests with cookies. */
export interface ReportedFinding {
  category: string;
  module: string;
  method: string;
  path: string;
  info: string;
  /** The parameter through which it was found, if any. */
  parameter: string | undefined;
}

export interface ParsedReport {
  crawledPages: number;
  findings: ReportedFinding[];
}

/** Sections of the report that contain findings, each keyed by category. `suppressed_findings` do not count. */
const SECTIONS = ["vulnerabilities", "anomalies", "additionals"] as const;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parseFinding(category: string, value: unknown): ReportedFinding | undefined {
  const finding = fieldsOf(value);
  if (finding === undefined) return undefined;
  return {
    category,
    module: text(finding["module"]),
    method: text(finding["method"]),
    path: text(finding["path"]),
    info: text(finding["info"]),
    // An empty string in 3.2, null in 3.3.
    parameter: text(finding["parameter"]) || undefined,
  };
}

/**
 * Reads the scanner's JSON report.
 *
 * @throws SyntaxError if it is not valid JSON or not a report.
 */
export function parseReport(json: string): ParsedReport {
  const report = fieldsOf(JSON.parse(json));
  const crawledPages = fieldsOf(report?.["infos"])?.["crawled_pages_nbr"];
  if (report === undefined || typeof crawledPages !== "number")
    throw new SyntaxError("the report does not say how many pages were crawled");
  const findings: ReportedFinding[] = [];
  for (const section of SECTIONS) {
    const categories = fieldsOf(report[section]);
    if (categories === undefined) throw new SyntaxError(`the report has no ${section}`);
    for (const [category, list] of Object.entries(categories)) {
      if (!Array.isArray(list)) throw new SyntaxError(`the report's ${section} have no list under ${category}`);
      for (const entry of list as unknown[]) {
        const finding = parseFinding(category, entry);
        if (finding === undefined)
          throw new SyntaxError(`the report has an entry under ${category} that is not a finding`);
        findings.push(finding);
      }
    }
  }
  return { crawledPages, findings };
}

/** Reads the report of a run that has ended, or returns why it cannot be used. */
export async function readReport(
  path: string,
  maxBytes = MAX_REPORT_BYTES,
): Promise<ParsedReport | { problem: string }> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) return { problem: `it has ${size} bytes, more than ${maxBytes}` };
    return parseReport(await readFile(path, "utf8"));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return { problem: isMissing ? "it is missing" : (error as Error).message };
  }
}
