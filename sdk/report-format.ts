import type { ServiceReportFormat } from "../provider/client";

/** The formats that are made here, from the service's JSON report. */
export type DerivedReportFormat = "sarif" | "junit" | "markdown" | "html";

/**
 * - `pdf`, `xml` (JUnit) and `json`: as the service has them.
 * - `sarif` (2.1.0), `junit`, `markdown` and `html`: made from its JSON report, with the credentials in requests masked. The
 *   same report always gives the same bytes.
 */
export type ReportFormat = ServiceReportFormat | DerivedReportFormat;

/** Which reports there are, and how their files end. */
const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  pdf: "pdf",
  xml: "xml",
  json: "json",
  sarif: "sarif",
  junit: "xml",
  markdown: "md",
  html: "html",
};

export const REPORT_FORMATS: readonly string[] = Object.keys(EXTENSIONS);

export const isReportFormat = (text: string): text is ReportFormat => Object.hasOwn(EXTENSIONS, text);

const DERIVED: ReadonlySet<string> = new Set<DerivedReportFormat>(["sarif", "junit", "markdown", "html"]);

export const isDerivedFormat = (format: ReportFormat): format is DerivedReportFormat => DERIVED.has(format);

/** How the name of a file of this format ends, without the dot. */
export const extensionOf = (format: ReportFormat): string => EXTENSIONS[format];
