import { countFindings } from "../../../findings/severity";
import { coverageText, untestedText } from "../reports/coverage-text";
import { createReport } from "../reports/report";
import { SCANNER_TITLES } from "../reports/scanner-titles";
import type { ScanCoverage } from "../scanners/scanner";
import { hasEnded, statusCodeOf } from "../scans/status-code";
import type { Project } from "../store/projects";
import type { Scan, ScanHead } from "../store/scans";
import { boundedText } from "./bounded-text";
import type { ResultView, ScanView } from "./views";

/** Builds the page's view of a scan; `outcome` is called only if it has ended. */
export function viewScan(project: Project, head: ScanHead, outcome: () => Scan["outcome"]): ScanView {
  const scan: Scan = { ...head, outcome: hasEnded(head) ? outcome() : undefined };
  const statusCode = statusCodeOf(scan);
  const isKnownCode = statusCode === statusCodeOf({ state: scan.state, outcome: undefined });
  return {
    id: scan.id,
    state: isKnownCode ? scan.state : "unknown",
    statusCode,
    startedAtMs: scan.startedAtMs,
    endedAtMs: scan.endedAtMs ?? null,
    progress: boundedText(scan.progress),
    progressFraction: scan.progressFraction ?? null,
    reason: scan.outcome?.reason === undefined ? null : boundedText(scan.outcome.reason),
    result: hasEnded(scan) ? viewResult(project, scan) : null,
  };
}

function coveredText(coverage: ScanCoverage, untestedOperations: readonly string[] | undefined): string {
  const untested = untestedText(untestedOperations);
  return boundedText(`${coverageText(coverage)}${untested === undefined ? "" : `; not tested: ${untested}`}`);
}

function viewResult(project: Project, scan: Scan): ResultView {
  const report = createReport(project, scan);
  const { coverage } = report.outcome;
  return {
    counts: countFindings(report.findings),
    covered: coverage === undefined ? null : coveredText(coverage, report.outcome.untestedOperations),
    ranCount: report.ran.length,
    missing: report.missing.map((scanner) => SCANNER_TITLES[scanner]),
    broken: report.outcome.errors.map(({ scanner, message }) => {
      return { scanner: SCANNER_TITLES[scanner], message: boundedText(message) };
    }),
  };
}
