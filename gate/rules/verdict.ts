import type { ScannerError, SkippedScanner } from "../../findings/junit";
import type { FindingsReport } from "../../findings/report";
import type { FindingCounts } from "../../findings/severity";
import type { ScanCoverage, ScanState } from "../../service/scan-status";
import type { ServiceAbilities } from "../../service/rules";

/** How the wait for a scan ended. */
export type ScanEnd =
  /** The service reports a state; for queued and running scans nobody waited for the end. */
  | {
      kind: "status";
      state: ScanState;
      statusCode?: number | undefined;
      /** Why the scan did not finish. */
      reason?: string | undefined;
      coverage?: ScanCoverage | undefined;
      /** The service says that the scan was logged in. */
      isLoginConfirmed?: true | undefined;
      /** The highest score of the scan's findings, where the service says. */
      maxCvss?: number | undefined;
    }
  /** The scan did not end in time; `isStopped` if the gate stopped it, `problem` if that failed. */
  | { kind: "timedOut"; isStopped: boolean; problem?: string }
  /** The service could not be asked. */
  | { kind: "unreachable"; problem: string }
  /** The service has no such scan, or no longer has it. */
  | { kind: "gone" };

/** The scan that a gate decides about. */
export interface GatedScan {
  scanId: string;
  /** What the service can do for it: without JSON findings a gate can decide less. */
  abilities: Omit<ServiceAbilities, "reportFormats">;
  /**
   * This deployment; an earlier one of this stack, as the command left the scan out; somebody else; or nobody can tell. `unseen`:
   * the provider has not checked it in this run, since the command left it out, or it belongs to another provider instance, whose
   * service may be another one.
   */
  startedBy: "deployment" | "earlier" | "unseen" | "other" | "unknown";
  end: ScanEnd;
  /** For the command that fetches its report. */
  projectId?: string | undefined;
  /** In place of the project's ID: tells apart the webhooks of a gate's baseline, whose scans have the same numbers. */
  webhookDigest?: string | undefined;
  /** The scan logs in to its target. @default no, or nobody can tell */
  hasLogin?: true | undefined;
  /** The URN of the resource that started it, for the command that starts another scan. */
  urn?: string | undefined;
}

/** Why there is no report to decide by; if several apply, the first one counts. */
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
  /** From the XML report: scanners that were skipped, whatever the JSON report says of them. @default none */
  skippedScanners?: readonly SkippedScanner[] | undefined;
  /** Why one of the two reports is absent. */
  reportProblems?: readonly ReportProblem[] | undefined;
  /** Why settings could not be read, such as a missing file of accepted findings. */
  settingsProblems?: readonly string[] | undefined;
  /**
   * The fingerprints of old findings, which do not count if the settings have a `baseline`: from its file, or from an
   * earlier scan by `fingerprintOf`. @default none yet
   */
  baseline?: readonly string[] | undefined;
  /** The time at which acceptances are checked for expiry. */
  now: Date;
}

/** Why a verdict is what it is, in the order of the decisions: the first reason that applies counts. */
export type VerdictReason =
  | "invalidSettings"
  | "scanTimedOut"
  | "scanUnreachable"
  | "scanStatusUnknown"
  | "scanStopped"
  | "scanFailed"
  | "scanJoined"
  | ReportProblem["reason"]
  | "scannerFailed"
  | "scannerMissing"
  | "coverage"
  | "findings"
  | "passed";

/** What a gate decided, and why. */
export interface Verdict {
  /** Whether the scan passed. */
  passed: boolean;
  /** Why: the first reason that applies. */
  reason: VerdictReason;
  /** For people: what was found and where, and what to do. The same for the same scan and settings. */
  message: string;
  /** The scan's ID. */
  scanId: string;
  /** All findings of the scan, including accepted ones; undefined, and not 0, if no report could be read. */
  findingCounts?: FindingCounts;
  /** Scanners that should have run and did not. */
  missingScanners: readonly string[];
}

/** A verdict with its warnings. */
export interface Judgement {
  verdict: Verdict;
  /** On ignored fields of the report, on acceptances that expired or match nothing, and on a scan that saw little. */
  warnings: readonly string[];
}

/**
 * Returns whether a verdict holds a deployment back. An advisory gate only reports; but invalid settings are an error of the
 * program, not a verdict about the scan, and `advisory` itself may be invalid.
 */
export const holdsBack = ({ passed, reason }: Pick<Verdict, "passed" | "reason">, isAdvisory: boolean): boolean =>
  !passed && !(isAdvisory && reason !== "invalidSettings");

/** Returns whether a value of a program or a state is a verdict, as far as it decides. */
export function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== "object" || value === null) return false;
  const { passed, reason, message } = value as Partial<Record<keyof Verdict, unknown>>;
  return typeof passed === "boolean" && typeof reason === "string" && typeof message === "string";
}
