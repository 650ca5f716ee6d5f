import type { AcceptableFinding } from "../gate/rules/accepted-finding";
import { type GateFinding, compareFindings, shorten } from "../gate/rules/gate-finding";
import { cutCell, layOutTable } from "../gate/rules/findings-table";
import { formatCounts, scanNotes } from "../gate/rules/verdict-message";
import type { ScannerError, SkippedScanner } from "../findings/junit";
import { definedFields } from "../findings/json-fields";
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
}

/** Formats findings for people: a table, the most severe first, and notes on whether it is complete. */
export function findingsText(found: ScanFindings): string {
  const { status, findings, scannerErrors } = found;
  return [
    ...tableOf([...findings].sort(compareFindings)),
    `scan ${status.scanId}: ${formatCounts(countFindings(findings))}`,
    ...(status.state === "finished" ? [] : [`${statusText(status)}; this may be incomplete`]),
    ...scannerErrors.map((error) => `broke: ${described(error)}`),
    ...notRun(found).map((scanner) => `did not run: ${described(scanner)}`),
  ].join("\n");
}

/** Returns the fingerprint by which a gate can accept a finding. */
const acceptableBy = ({ fingerprint, isUnrecognisable }: GateFinding): string | undefined =>
  isUnrecognisable === true ? undefined : fingerprint;

function tableOf(findings: readonly GateFinding[]): string[] {
  if (findings.length === 0) return [];
  // Those of an XML report have none.
  const hasScores = findings.some(({ baseScore }) => baseScore !== undefined);
  const scoreOf = (text: string): string[] => (hasScores ? [text] : []);
  const rows = findings.map((finding) => {
    const { severity, baseScore, title, scanner, place } = finding;
    const cells = [severity, ...scoreOf(baseScore?.toFixed(1) ?? ""), `${title} (${scanner})`, place];
    return [...cells.map(cutCell), acceptableBy(finding) ?? ""];
  });
  return layOutTable([["severity", ...scoreOf("score"), "finding", "where", "fingerprint"], ...rows]);
}

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
  const { status, findings, scannerErrors } = found;
  const told = {
    ...status,
    findingCounts: countFindings(findings),
    findings: [...findings].sort(compareFindings).map((finding) => ({
      ...definedFields({ fingerprint: acceptableBy(finding) }),
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
  return [`scan ${scanId}: ${state} (${statusWord(status)})${why}`, ...scanNotes({ coverage })].join("; ");
}
