import { withoutEngineColors } from "../errors/plain-text";
import { findingsOfJunit } from "../findings/junit-findings";
import { type JunitReport, parseJunit } from "../findings/junit";
import { type FindingsReport, parseFindings } from "../findings/report";
import { type ScanAddress, type ScanningService, kindOf } from "../service/service";

/** The reports of an ended scan that findings are read from. Each is requested when it is needed, and once. */
export interface FindingsSource {
  /**
   * Returns the findings: from the JSON report, or from the XML report where the service has no findings as JSON.
   *
   * @throws ReportParseError for a report that cannot be parsed, and what the service throws
   */
  findings: () => Promise<FindingsReport>;
  /**
   * Returns the XML report, which alone says which scanners broke or were skipped.
   *
   * @throws as `findings`
   */
  junit: () => Promise<JunitReport>;
}

export function findingsSourceOf(service: ScanningService, scan: ScanAddress): FindingsSource {
  const { jsonFindings } = service.rules.abilitiesFor(kindOf(scan));
  let read: Promise<JunitReport> | undefined;
  const junit = (): Promise<JunitReport> => (read ??= service.readReport(scan, "xml").then(parseJunit));
  return {
    junit,
    findings: async () =>
      jsonFindings ? parseFindings(await service.readReport(scan, "json")) : findingsOfJunit(await junit()),
  };
}

/** Returns what an ended scan found. A program may make an output of it, which the engine prints, so it has no engine colours. */
export async function retrieveFindings(service: ScanningService, scan: ScanAddress): Promise<FindingsReport> {
  return withoutEngineColors(await findingsSourceOf(service, scan).findings()) as FindingsReport;
}
