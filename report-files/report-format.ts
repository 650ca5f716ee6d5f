import { createRequire } from "node:module";
import type * as Html from "../findings/formats/html";
import type * as Junit from "../findings/formats/junit";
import type * as Markdown from "../findings/formats/markdown";
import type { FormatContext } from "../findings/formats/presented-finding";
import type * as Sarif from "../findings/formats/sarif";
import type { FindingsReport } from "../findings/report";
import type { ServiceReportFormat } from "../service/service";

/** Formats that this package makes from the findings: the service's JSON report, or its XML report where it has no JSON. */
export type DerivedReportFormat = "sarif" | "junit" | "markdown" | "html";

/**
 * - `pdf`, `xml` (JUnit), `json` and `csv`: the service's own, unchanged; none has all of them.
 * - `sarif` (2.1.0), `junit`, `markdown` and `html`: made from the findings of its JSON report, or of its XML report where it has
 *   no JSON, with credentials in requests masked. The same report always yields the same bytes.
 */
export type ReportFormat = ServiceReportFormat | DerivedReportFormat;

/** The file extension of each format. */
const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  pdf: "pdf",
  xml: "xml",
  json: "json",
  csv: "csv",
  sarif: "sarif",
  junit: "xml",
  markdown: "md",
  html: "html",
};

export const REPORT_FORMATS: readonly string[] = Object.keys(EXTENSIONS);

export const isReportFormat = (text: string): text is ReportFormat => Object.hasOwn(EXTENSIONS, text);

const DERIVED: ReadonlySet<string> = new Set<DerivedReportFormat>(["sarif", "junit", "markdown", "html"]);

export const isDerivedFormat = (format: ReportFormat): format is DerivedReportFormat => DERIVED.has(format);

/** Returns the file extension of a format, without the dot. */
export const extensionOf = (format: ReportFormat): string => EXTENSIONS[format];

/** Loads at first use, so that other programs do not pay for it. By `require`, since `import()` would need built files. */
const load = createRequire(__filename);

/** Converts a report to another format. The same report and context always yield the same text. */
export function deriveReport(format: DerivedReportFormat, report: FindingsReport, context: FormatContext): string {
  switch (format) {
    case "sarif":
      return `${JSON.stringify((load("../findings/formats/sarif") as typeof Sarif).toSarif(report, context), null, 2)}\n`;
    case "junit":
      return (load("../findings/formats/junit") as typeof Junit).toJunit(report, context);
    case "markdown":
      return (load("../findings/formats/markdown") as typeof Markdown).toMarkdown(report, context);
    case "html":
      return (load("../findings/formats/html") as typeof Html).toHtml(report, context);
  }
}
