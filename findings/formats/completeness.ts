import type { ScannerError, SkippedScanner } from "../junit";
import { truncated } from "../plain-text";
import type { FindingsReport } from "../report";
import { presentName, type FormatContext } from "./presented-finding";

/** A scanner of which nothing is known, with the reason, where one is told; both as plain as the texts of findings. */
export interface SilentScanner {
  readonly name: string;
  /** It may be empty. */
  readonly why: string;
}

/** What keeps a report from telling all. */
export interface Completeness {
  /** How the scan ended that did not finish, such as "failed (status code 104): it crashed"; undefined for one that did. */
  readonly badEnd?: string;
  /** The scanners that ran to their end, in the order of the report; of a scan that did not finish, that is not known. */
  readonly ran: readonly string[];
  readonly broken: readonly SilentScanner[];
  /** Those that did not run, or were skipped. */
  readonly missing: readonly SilentScanner[];
}

/** Of a reason in a report, in characters. */
const LONGEST_REASON = 300;

/** Looks at a report beside what is known of its scan: a scanner that broke or was skipped has an empty list, as if it had run. */
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
