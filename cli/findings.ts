import { parseArgs } from "node:util";
import type { CrashtestClient, ReportSource } from "../provider/client";
import { FindingHolder } from "../findings/gate/held-finding";
import { JunitReading } from "../findings/junit";
import { FindingsReading } from "../findings/report-reading";
import { retrieveScanStatus } from "../sdk/retrieve-scan-status";
import { parseChoice, parsed } from "./arguments";
import { EXIT_CODES, printData, type Command } from "./command";
import { withClient } from "./connection";
import { findingsJson, findingsText, type ScanFindings } from "./findings-text";
import { chooseScan, SCAN_OPTIONS } from "./scan-choice";
import { redactorOf } from "./secrets";

/** Prints what a scan found, and what it did not look for. */
export const findings: Command = async (args, surroundings) => {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { ...SCAN_OPTIONS, format: { type: "string" } } }),
  );
  const format = parseChoice("format", values.format ?? "table", ["table", "json"]);
  const source = await chooseScan(values, surroundings);
  const found = await withClient(source, surroundings, (client) => retrieve(client, source));
  const text = format === "json" ? findingsJson(found) : findingsText(found);
  /** A scanned site may write whatever it was sent into what is found. */
  printData(surroundings, redactorOf(surroundings)(text));
  return EXIT_CODES.done;
};

/** Findings from JSON, by webhook from XML, which alone tells of scanners that broke or were skipped. */
async function retrieve(client: CrashtestClient, source: ReportSource): Promise<ScanFindings> {
  const status = await retrieveScanStatus(client, source);
  const isByWebhook = "webhook" in source;
  const { hold } = new FindingHolder();
  const junit = new JunitReading(isByWebhook ? hold : undefined);
  await client.reports.streamReport(source, "xml", (piece) => {
    junit.write(piece);
  });
  const { scannerErrors, skippedScanners, findings: byXml } = junit.end();
  const told = { status, scannerErrors, skippedScanners };
  if (isByWebhook) return { ...told, findings: byXml, missingScanners: [], areAcceptable: false };
  const json = new FindingsReading(new FindingHolder());
  await client.reports.streamReport(source, "json", (piece) => {
    json.write(piece);
  });
  const { findings: byJson, scanners } = json.end();
  return { ...told, findings: byJson, missingScanners: scanners.missing ?? [], areAcceptable: true };
}
