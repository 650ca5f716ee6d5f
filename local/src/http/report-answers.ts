import { Readable } from "node:stream";
import { formatJunit } from "../reports/junit";
import { streamPdf } from "../reports/pdf";
import { createReport, type Report } from "../reports/report";
import { hasEnded } from "../scans/status-code";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";
import type { DocumentAnswer } from "./operation";
import { Refusal } from "./refusal";

/** @throws Refusal 409 while the scan runs. */
export function reportOf({ project, scan }: { project: Project; scan: Scan }): Report {
  if (!hasEnded(scan)) throw new Refusal(409, "scan_not_finished");
  return createReport(project, scan);
}

/** Creates the answer with the JUnit XML, the same in every API and transport. */
export function junitAnswer(report: Report): DocumentAnswer {
  return { status: 200, contentType: "application/xml", content: Readable.from([Buffer.from(formatJunit(report))]) };
}

export function pdfAnswer(report: Report): DocumentAnswer {
  return { status: 200, contentType: "application/pdf", content: streamPdf(report) };
}
