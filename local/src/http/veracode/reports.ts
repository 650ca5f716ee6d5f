import { Readable } from "node:stream";
import { formatCsv } from "../../reports/csv";
import { createReport } from "../../reports/report";
import { hasEnded } from "../../scans/status-code";
import { junitAnswer, pdfAnswer } from "../report-answers";
import type { Lookups } from "./lookups";
import type { VeracodeOperations } from "./operations";
import { problem } from "./problem";

export function reportOperations(lookups: Lookups): Pick<VeracodeOperations, "getAnalysisRunReport"> {
  return {
    getAnalysisRunReport: (call) => {
      const { project, scan } = lookups.run(call);
      if (!hasEnded(scan)) throw problem(400, "INVALID_TARGET_STATE", "The run has not ended.");
      const report = createReport(project, scan);
      switch (call.params["format"]) {
        case "pdf":
          return pdfAnswer(report);
        case "csv":
          return { status: 200, contentType: "text/csv", content: Readable.from([Buffer.from(formatCsv(report))]) };
        default:
          return junitAnswer(report);
      }
    },
  };
}
