import { Readable } from "node:stream";
import { formatJson } from "../reports/json";
import { formatJunit } from "../reports/junit";
import { streamPdf } from "../reports/pdf";
import { createReport, type Report } from "../reports/report";
import { hasEnded } from "../scans/status-code";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";
import type { Access } from "./access";
import type { Answer, Operations } from "./operation";
import { Refusal } from "./refusal";

/** @throws Refusal 409 while the scan runs. */
export function reportOf({ project, scan }: { project: Project; scan: Scan }): Report {
  if (!hasEnded(scan)) throw new Refusal(409, "scan_not_finished");
  return createReport(project, scan);
}

/** Creates the answer with the JUnit XML, the same in both transports. */
export function junitAnswer(report: Report): Answer {
  return { status: 200, contentType: "application/xml", content: Readable.from([Buffer.from(formatJunit(report))]) };
}

export function reportOperations(access: Access): Pick<Operations, "getReportJson" | "getReportXml" | "getReportPdf"> {
  return {
    getReportJson: (call) => ({ status: 200, body: formatJson(reportOf(access.scan(call))) }),
    getReportXml: (call) => junitAnswer(reportOf(access.scan(call))),
    getReportPdf: (call) => {
      return { status: 200, contentType: "application/pdf", content: streamPdf(reportOf(access.scan(call))) };
    },
  };
}
