import type { ScannerError, SkippedScanner } from "../junit";
import { truncated } from "../../errors/plain-text";
import type { FindingsReport } from "../report";
import { presentName, type FormatContext } from "./presented-finding";

/** A scanner without results, with the reason if known; both presented like the texts of findings. */
export interface SilentScanner {
  readonly name: string;
  /** May be empty. */
  readonly why: string;
}

/** How complete a report is. */
export interface Completeness {
  /** How a scan that did not finish ended, such as "failed (status code 104): it crashed". */
  readonly badEnd?: string;
  /** The scanners that completed, in the order of the report; unreliable if the scan did not finish. */
  readonly ran: readonly string[];
  readonly broken: readonly SilentScanner[];
  /** Scanners that did not run or were skipped. */
  readonly missing: readonly SilentScanner[];
}

/** Limit of a reason, in characters. */
const LONGEST_REASON = 300;

/** Compares a report with what is known about its scan: a scanner that broke or was skipped has an empty list, as if it had run. */
export function completenessOf(
  { scanners, findings }: Pick<FindingsReport, "scanners" | "findings">,
  { scanEnd, scannerErrors = [], skippedScanners = [] }: FormatContext,
): Completeness {
  const finding = new Set(findings.map(({ scanner }) => scanner));
  const broken = new Set(scannerErrors.map(({ scanner }) => scanner));
  const skipped = skippedScanners.filter(({ scanner }) => !finding.has(scanner) && !broken.has(scanner));
  const silent = new Set([...broken, ...skipped.map(({ scanner }) => scanner)]);
  const missing = (scanners.missing ?? []).filter((name) => !silent.has(name));
  const badEnd = badEndOf(scanEnd);
  return {
    ...(badEnd !== undefined && { badEnd }),
    ran: scanners.ran.filter((name) => !silent.has(name)).map(presentName),
    broken: scannerErrors.map(presented),
    missing: [...missing.map((scanner) => presented({ scanner, message: "" })), ...skipped.map(presented)],
  };
}

/** Lists the first names; `present` formats each. */
export function listScanners(scanners: readonly SilentScanner[], present: (scanner: SilentScanner) => string): string {
  const more = scanners.length > MOST_NAMES ? ` and ${scanners.length - MOST_NAMES} more` : "";
  return scanners.slice(0, MOST_NAMES).map(present).join(", ") + more;
}

const MOST_NAMES = 20;

const presented = ({ scanner, message }: ScannerError | SkippedScanner): SilentScanner => ({
  name: presentName(scanner).trim() || "unnamed",
  why: truncated(presentName(message), LONGEST_REASON),
});

function badEndOf(end: FormatContext["scanEnd"]): string | undefined {
  if (end === undefined || end.state === "finished") return undefined;
  const { state, statusCode, reason } = end;
  const code = statusCode === undefined ? "" : ` (status code ${statusCode})`;
  const why = reason === undefined ? "" : `: ${truncated(presentName(reason).replace(/\.$/, ""), LONGEST_REASON)}`;
  return `${WORDS[state]}${code}${why}`;
}

const WORDS = {
  queued: "is queued",
  running: "is running",
  stopped: "was stopped",
  failed: "failed",
  unknown: "has an unknown status",
} as const;
