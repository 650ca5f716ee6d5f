import { parseArgs } from "node:util";
import type { ScanAddress, ScanningService } from "../service/service";
import { gateFindingsOf } from "../gate/rules/gate-finding";
import { findingsSourceOf } from "../report-files/findings-report";
import { retrieveScanStatus } from "../report-files/report-content";
import { parseChoice, parsed } from "./arguments";
import { EXIT_CODES, printData, type Command } from "./command";
import { withService } from "./connection";
import { findingsJson, findingsText, type ScanFindings } from "./findings-text";
import { chooseScan, SCAN_OPTIONS } from "./scan-choice";
import { redactorOf } from "./secrets";

/** Prints the findings of a scan, and the scanners that did not run. */
export const findings: Command = async (args, surroundings) => {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { ...SCAN_OPTIONS, format: { type: "string" } } }),
  );
  const format = parseChoice("format", values.format ?? "table", ["table", "json"]);
  const source = await chooseScan(values, surroundings);
  const found = await withService(source, surroundings, (service) => retrieve(service, source));
  const text = format === "json" ? findingsJson(found) : findingsText(found);
  // A scanned site may echo what it was sent into its findings.
  printData(surroundings, redactorOf(surroundings)(text));
  return EXIT_CODES.done;
};

/** Only XML names scanners that broke or were skipped. */
async function retrieve(service: ScanningService, source: ScanAddress): Promise<ScanFindings> {
  const status = await retrieveScanStatus(service, source);
  const reports = findingsSourceOf(service, source);
  const { scannerErrors, skippedScanners } = await reports.junit();
  const { findings, scanners } = await reports.findings();
  const { missing: missingScanners = [] } = scanners;
  return { status, scannerErrors, skippedScanners, findings: gateFindingsOf(findings), missingScanners };
}
