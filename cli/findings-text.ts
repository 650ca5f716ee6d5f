import type { AcceptableFinding } from "../gate/rules/accepted-finding";
import { type GateFinding, compareFindings, shorten } from "../gate/rules/gate-finding";
import { cutCell, layOutTable } from "../gate/rules/findings-table";
import { coverageNotes, formatCounts } from "../gate/rules/verdict-message";
import type { ScannerError, SkippedScanner } from "../findings/junit";
import { countFindings } from "../findings/severity";
import { statusWord, type ScanStatus } from "../service/scan-status";

/** What is printed about a scan's findings. */
export interface ScanFindings {
  status: ScanStatus;
  findings: readonly (GateFinding & AcceptableFinding)[];
  scannerErrors: readonly ScannerError[];
  skippedScanners: readonly SkippedScanner[];
  /** Scanners that should have run but did not, from the JSON report. */
  missingScanners: readonly string[];
  /** Whether a gate can accept the findings by their fingerprints. */
  areAcceptable: boolean;
}

const HEAD = ["severity", "score", "finding", "where"];

/** Formats findings for people: a table, the most severe first, and notes on whether it is complete. */
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
    ...(status.state === "finished" ? [] : [`${statusText(status)}; this may be incomplete`]),
    ...scannerErrors.map((error) => `broke: ${described(error)}`),
    ...notRun(found).map((scanner) => `did not run: ${described(scanner)}`),
  ].join("\n");
}

const cellsOf = ({ severity, baseScore, title, scanner, place }: GateFinding): string[] => [
  severity,
  baseScore?.toFixed(1) ?? "",
  `${title} (${scanner})`,
  place,
];

const described = ({ scanner, message }: ScannerError | SkippedScanner): string =>
  [scanner === "" ? "a scanner" : shorten(scanner), shorten(message)].filter((part) => part !== "").join(": ");

/** Returns each scanner once. A skipped scanner that has findings did run. */
function notRun({ findings, skippedScanners, missingScanners }: ScanFindings): SkippedScanner[] {
  const finding = new Set(findings.map(({ scanner }) => scanner));
  const reasons = new Map(missingScanners.map((scanner) => [scanner, ""]));
  for (const { scanner, message } of skippedScanners) if (!finding.has(shorten(scanner))) reasons.set(scanner, message);
  return [...reasons].map(([scanner, message]) => ({ scanner, message }));
}

/** Formats the same for programs, as one JSON object. */
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

/** Formats the status of a scan in one line. The service's words in it are already safe to print. */
export function statusText(status: ScanStatus): string {
  const { scanId, state, reason, coverage } = status;
  const why = reason === undefined ? "" : `: ${reason}`;
  return [`scan ${scanId}: ${state} (${statusWord(status)})${why}`, ...coverageNotes(coverage)].join("; ");
}
