import { formatJson } from "../../reports/json";
import type { Access } from "../access";
import { junitAnswer, pdfAnswer, reportOf } from "../report-answers";
import type { CrashtestOperations } from "./operations";

export function reportOperations(
  access: Access,
): Pick<CrashtestOperations, "getReportJson" | "getReportXml" | "getReportPdf"> {
  return {
    getReportJson: (call) => ({ status: 200, body: formatJson(reportOf(access.scan(call))) }),
    getReportXml: (call) => junitAnswer(reportOf(access.scan(call))),
    getReportPdf: (call) => pdfAnswer(reportOf(access.scan(call))),
  };
}
