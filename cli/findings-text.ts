import { compareFindings } from "../findings/gate/gate-finding";
import type { HeldFinding } from "../findings/gate/held-finding";
import { shorten } from "../findings/gate/short-text";
import { cutCell, layOutTable } from "../findings/gate/table-layout";
import { formatCounts } from "../findings/gate/verdict-message";
import type { ScannerError, SkippedScanner } from "../findings/junit";
import { countFindings } from "../findings/severity";
import type { ScanStatus } from "../provider/client";
import { statusText } from "./status-text";

/** All that is told of what a scan found. */
export interface ScanFindings {
  status: ScanStatus;
  findings: readonly HeldFinding[];
  scannerErrors: readonly ScannerError[];
  skippedScanners: readonly SkippedScanner[];
  /** Scanners that should have run and did not, by the JSON report. */
  missingScanners: readonly string[];
  /** Whether a gate can accept them by their fingerprints. */
  areAcceptable: boolean;
}

const HEAD = ["severity", "score", "finding", "where"];

/** For people: a table of the findings, the worst first, and lines that say how far it can be relied on. */
export function findingsText(found: ScanFindings): string {
  const { status, findings, scannerErrors, areAcceptable } = found;
  const fingerprint = (text: string): string[] => (areAcceptable ? [text] : []);
  const rows = [...findings]
    .sort(compareFindings)
    .map((finding) => [...cellsOf(finding).map(cutCell), ...fingerprint(finding.fingerprint)]);
  const table = rows.length === 0 ? [] : layOutTable([[...HEAD, ...fingerprint("fingerprint")], ...rows]);
  return [
    ...table,
    `scan ${status.scanId}: ${formatCounts(countFindings(findings))}`,
    ...(status.state === "finished" ? [] : [`${statusText(status)}; this may not be all`]),
    ...scannerErrors.map((error) => `broke: ${described(error)}`),
    ...notRun(found).map((scanner) => `did not run: ${described(scanner)}`),
  ].join("\n");
}

const cellsOf = ({ severity, baseScore, title, scanner, place }: HeldFinding): string[] => [
  severity,
  baseScore?.toFixed(1) ?? "",
  `${title} (${scanner})`,
  place,
];

const described = ({ scanner, message }: ScannerError | SkippedScanner): string =>
  [scanner === "" ? "a scanner" : shorten(scanner), shorten(message)].filter((part) => part !== "").join(": ");

/** Each scanner once; what was skipped and has findings all the same did run. */
function notRun({ findings, skippedScanners, missingScanners }: ScanFindings): SkippedScanner[] {
  const finding = new Set(findings.map(({ scanner }) => scanner));
  const reasons = new Map(missingScanners.map((scanner) => [scanner, ""]));
  for (const { scanner, message } of skippedScanners) if (!finding.has(shorten(scanner))) reasons.set(scanner, message);
  return [...reasons].map(([scanner, message]) => ({ scanner, message }));
}

/** For programs: the same, in one JSON object. */
export function findingsJson(found: ScanFindings): string {
  const { status, findings, scannerErrors, areAcceptable } = found;
  const told = {
    ...status,
    findingCounts: countFindings(findings),
    findings: [...findings].sort(compareFindings).map((finding) => ({
      ...(areAcceptable && { fingerprint: finding.fingerprint }),
      severity: finding.severity,
      ...(finding.baseScore !== undefined && { baseScore: finding.baseScore }),
      title: finding.title,
      scanner: finding.scanner,
      ...(finding.slug !== "" && { slug: shorten(finding.slug) }),
      place: finding.place,
      cveCount: finding.cveCount,
    })),
    scannerErrors: scannerErrors.map(shortened),
    missingScanners: notRun(found).map(shortened),
  };
  return JSON.stringify(told, undefined, 2);
}

const shortened = ({ scanner, message }: ScannerError | SkippedScanner): ScannerError => ({
  scanner: shorten(scanner),
  message: shorten(message),
});
