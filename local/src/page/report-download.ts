import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { junitAnswer, pdfAnswer } from "../http/report-answers";
import { formatJson } from "../reports/json";
import type { Report } from "../reports/report";

/** The formats that the page offers, whichever API the service speaks. */
export type DownloadFormat = "pdf" | "xml" | "json";

/** Sends a report to the page. */
export async function sendReport(response: Response, report: Report, format: DownloadFormat): Promise<void> {
  if (format === "json") {
    response.json(formatJson(report));
    return;
  }
  const { contentType, content } = format === "pdf" ? pdfAnswer(report) : junitAnswer(report);
  response.setHeader("Content-Type", contentType);
  await pipeline(content, response);
}
