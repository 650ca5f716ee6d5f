import type { ScanCoverage, ScanState } from "../../provider/scan-state";
import type { ScannerError, SkippedScanner } from "../junit";
import type { Finding } from "../finding";
import type { FindingsReport } from "../report";
import type { HeldFinding } from "./held-finding";
import type { GateTransport } from "./settings";

/** How the wait for a scan came to its end. */
export type ScanEnd =
  /** The service says where it stands, maybe also why, and how much of its target it saw; with `underWay` states nobody waited for its end. */
  | {
      kind: "status";
      state: ScanState;
      statusCode: number;
      reason?: string | undefined;
      coverage?: ScanCoverage | undefined;
    }
  /** It did not end in time; `isStopped` where the gate stopped it, `problem` where it tried to and could not. */
  | { kind: "timedOut"; isStopped: boolean; problem?: string }
  /** The service could not be asked. */
  | { kind: "unreachable"; problem: string }
  /** The service has no such scan (any more). */
  | { kind: "gone" };

/** The scan that a gate decides about. */
export interface GatedScan {
  scanId: string;
  transport: GateTransport;
  /**
   * Who started it: this deployment; an earlier one of this stack, since the command left the scan out of this run;
   * somebody else before it; or nobody can tell.
   */
  startedBy: "deployment" | "earlier" | "other" | "unknown";
  end: ScanEnd;
  /** For the way to its report. */
  projectId?: string | undefined;
  /** The URN of the resource that started it, for the way to another scan. */
  urn?: string | undefined;
}

/** Why a report is not there, in the order in which the reasons are told. */
export const REPORT_REASONS = ["reportMissing", "reportTooLarge", "reportUnreadable"] as const;

export interface ReportProblem {
  reason: (typeof REPORT_REASONS)[number];
  problem: string;
}

/** All that a verdict is decided by. What is absent closes the gate. */
export interface GateEvidence {
  scan: GatedScan;
  /** From the JSON report; with a webhook from the JUnit report. */
  findings?: (Pick<FindingsReport, "findings" | "scanners"> & Partial<Pick<FindingsReport, "warnings">>) | undefined;
  /** From the XML report: scanners that broke. */
  scannerErrors?: readonly ScannerError[] | undefined;
  /** From the XML report: scanners that were skipped, whatever the JSON report has of them. @default none */
  skippedScanners?: readonly SkippedScanner[] | undefined;
  /** Why one of the two is absent. */
  reportProblems?: readonly ReportProblem[] | undefined;
  /** What kept settings from being read at all, such as a file of accepted findings that is not there. */
  settingsProblems?: readonly string[] | undefined;
  /**
   * The fingerprints of old findings, which do not count where the settings have a `baseline`; from its file, or from an
   * earlier scan by `fingerprintOf`. @default none yet
   */
  baseline?: readonly string[] | undefined;
  /** The time by which acceptances expire. */
  now: Date;
}

/** As `GateEvidence`, with all or some of the findings as a gate holds them. */
export type HeldEvidence = Omit<GateEvidence, "findings"> & {
  findings?:
    | (Omit<NonNullable<GateEvidence["findings"]>, "findings"> & {
        readonly findings: readonly (Finding | HeldFinding)[];
      })
    | undefined;
};
