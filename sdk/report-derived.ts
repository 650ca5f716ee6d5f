import { createRequire } from "node:module";
import type * as Html from "../findings/formats/html";
import type * as Junit from "../findings/formats/junit";
import type * as Markdown from "../findings/formats/markdown";
import type { FormatContext } from "../findings/formats/presented-finding";
import type * as Sarif from "../findings/formats/sarif";
import type { FindingsReport } from "../findings/report";
import { CrashtestError } from "../provider/errors";
import type { DerivedReportFormat } from "./report-format";

/** At the first use, so that a program without them does not pay. As CommonJS, since `import()` would want built files. */
const load = createRequire(__filename);

const DERIVATIONS: Readonly<Record<DerivedReportFormat, (report: FindingsReport, context: FormatContext) => string>> = {
  sarif: (report, context) =>
    `${JSON.stringify((load("../findings/formats/sarif") as typeof Sarif).toSarif(report, context), null, 2)}\n`,
  junit: (report, context) => (load("../findings/formats/junit") as typeof Junit).toJunit(report, context),
  markdown: (report, context) => (load("../findings/formats/markdown") as typeof Markdown).toMarkdown(report, context),
  html: (report, context) => (load("../findings/formats/html") as typeof Html).toHtml(report, context),
};

/**
 * A report in another format. The same report and context always give the same text.
 *
 * @throws CrashtestError `REPORT_TOO_LARGE` where it would be longer than a text can be
 */
export function deriveReport(format: DerivedReportFormat, report: FindingsReport, context: FormatContext): string {
  try {
    return DERIVATIONS[format](report, context);
  } catch (error) {
    if (!isLengthError(error)) throw error;
    throw new CrashtestError({
      code: "REPORT_TOO_LARGE",
      problem: `Could not make the ${format} report of scan ${String(context.scanId)}: it would be longer than a text can be`,
      remedy: "Ask for the json report, or for the pdf.",
    });
  }
}

const isLengthError = (error: unknown): boolean =>
  error instanceof RangeError && error.message.startsWith("Invalid string length");
