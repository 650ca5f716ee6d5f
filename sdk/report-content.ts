import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseFindings } from "../findings/report";
import { readReportJson } from "../findings/report-json";
import { readReportXml } from "../findings/report-xml";
import type { CrashtestClient } from "../provider/client";
import { retrieveReportContext } from "./report-context";
import { deriveReport } from "./report-derived";
import { isDerivedFormat } from "./report-format";
import type { ReportRequest } from "./report-request";

/**
 * Fills a file with a report, and ends it. A PDF is streamed. The others are held in memory, up to `maxReportBytes`, and are
 * written in one piece once they have been read to their end: one that was cut off fills no file.
 *
 * @returns the bytes written
 * @throws what `writeReport` of the client throws; ReportParseError for JSON or XML that is none, or that no derived report
 * can be made from; CrashtestError `REPORT_TOO_LARGE` for a derived report that no text can hold, `SCAN_UNSUCCESSFUL` for a
 * derived one of a scan that did not finish
 */
export async function writeContent(client: CrashtestClient, request: ReportRequest, file: Writable): Promise<number> {
  if (request.format === "pdf") return client.reports.writeReport(request.source, "pdf", file);
  const content = await contentOf(client, request);
  await pipeline(Readable.from([content]), file);
  return content.length;
}

async function contentOf(client: CrashtestClient, request: ReportRequest): Promise<Buffer> {
  const { source, format } = request;
  if (isDerivedFormat(format)) {
    const report = parseFindings(await client.reports.readJsonReport(source));
    return Buffer.from(deriveReport(format, report, await retrieveReportContext(client, request)));
  }
  /** As it came: a text would not give back bytes that are no UTF-8. */
  const content = await bytesOf((memory) => client.reports.writeReport(source, format, memory));
  const text = content.toString("utf8");
  if (format === "json") readReportJson(text);
  else readReportXml(text, UNHEARD);
  return content;
}

const UNHEARD = { onOpen: () => undefined, onText: () => undefined, onClose: () => undefined };

async function bytesOf(write: (memory: Writable) => Promise<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const memory = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await write(memory);
  return Buffer.concat(chunks);
}
