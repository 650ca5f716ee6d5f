import type { HeldEvidence, ReportProblem } from "../../findings/gate/evidence";
import { FindingHolder, type HeldFinding } from "../../findings/gate/held-finding";
import { contradictionOf } from "../../findings/gate/report-contradiction";
import type { GateTransport } from "../../findings/gate/settings";
import { shorten } from "../../findings/gate/short-text";
import { JunitReading, type JunitReportOf, type ScannerError } from "../../findings/junit";
import { ReportParseError, type ReportErrorCode } from "../../findings/report-error";
import { FindingsReading } from "../../findings/report-reading";
import { CrashtestError } from "../../provider/errors";
import { GRACE_MS, isTooLate, stillWaiting, type SendBounded } from "./bounded-request";
import { isFinal, isSilence, problemOf, retryAfterMsOf } from "./failure";
import { nextPollInMs } from "./polling-plan";
import type { Progress } from "./progress";
import type { WaitEnd } from "./scheduler";

/** Reads a report and hands its text on, piece by piece. */
export type ReadReport = (onText: (piece: string) => void, signal: AbortSignal) => Promise<unknown>;

/** What the reports of an ended scan are read with. */
export interface ReportPorts {
  /** Reads the JSON report; a webhook has none. */
  readJson: ReadReport;
  /** Reads the XML (JUnit) report. */
  readXml: ReadReport;
  sendBounded: SendBounded;
  wait: (delayMs: number) => Promise<WaitEnd>;
  nowMs: () => number;
  tell: (progress: Progress) => void;
}

/** Whose reports, and how much of the gate's time is left to get them. */
export interface ReportRequest {
  scanId: string;
  transport: GateTransport;
  /** Until the timeout. */
  remainingMs: number;
  /** Whether a service that does not answer at all is asked until the timeout; a preview waits for nothing. */
  asksOn: boolean;
}

type ReportEvidence = Pick<HeldEvidence, "findings" | "scannerErrors" | "skippedScanners" | "reportProblems">;

/** So often a report is asked for while there is time. */
const MAX_ATTEMPTS = 3;

/** Reads what a verdict needs of an ended scan: findings from JSON, broken scanners from XML. Never rejects. */
export async function collectReports(request: ReportRequest, ports: ReportPorts): Promise<ReportEvidence> {
  const endMs = ports.nowMs() + request.remainingMs;
  const isByWebhook = request.transport === "webhook";
  const beginXml = () =>
    countedReading(new JunitReading(isByWebhook ? new FindingHolder().hold : undefined, shortError));
  const junit = await readReport({ ...request, endMs }, ports, ports.readXml, beginXml);
  if (isByWebhook) return "problem" in junit ? missing(junit) : evidenceOfJunit(junit.report);
  const beginJson = () => new FindingsReading(new FindingHolder());
  const json = await readReport({ ...request, endMs }, ports, ports.readJson, beginJson);
  if ("problem" in json || "problem" in junit) return missing(json, junit);
  /** ASSUMED: each scanner that ran has a test case, so that an XML report without any does not say that none broke. */
  if (junit.report.testCaseCount === 0) return missing({ problem: NO_TEST_CASE });
  const contradiction = contradictionOf({ json: json.report, xml: junit.report });
  if (contradiction !== undefined) return missing({ problem: { reason: "reportUnreadable", problem: contradiction } });
  const { scannerErrors, skippedScanners } = junit.report;
  return { findings: json.report, scannerErrors, skippedScanners: skippedScanners.map(shortError) };
}

/** Reads an XML report with its counts of failures, by which it is held beside the JSON report. */
const countedReading = (reading: JunitReading<HeldFinding>) => ({
  write: (piece: string) => {
    reading.write(piece);
  },
  end: () => ({ ...reading.end(), failureCounts: reading.failureCounts }),
});

/** Texts of a report may be long; a message has the beginning only. */
const shortError = ({ scanner, message }: ScannerError): ScannerError => ({
  scanner: shorten(scanner),
  message: shorten(message),
});

const NO_TEST_CASE: ReportProblem = {
  reason: "reportMissing",
  problem: "the XML report has no test case, and so does not say whether a scanner broke",
};

/** A test case that names no scanner was still run by one. */
function evidenceOfJunit({
  findings,
  scanners,
  testCaseCount,
  scannerErrors,
  skippedScanners,
}: JunitReportOf<HeldFinding>): ReportEvidence {
  const ran = scanners.length === 0 && testCaseCount > 0 ? ["unnamed"] : scanners;
  return { findings: { findings, scanners: { ran } }, scannerErrors, skippedScanners: skippedScanners.map(shortError) };
}

type Read<Report> = { report: Report } | { problem: ReportProblem };

const missing = (...reads: readonly Read<unknown>[]): ReportEvidence => ({
  reportProblems: reads.flatMap((read) => ("problem" in read ? [read.problem] : [])),
});

async function readReport<Report>(
  { scanId, endMs, asksOn }: Pick<ReportRequest, "scanId" | "asksOn"> & { endMs: number },
  ports: ReportPorts,
  read: ReadReport,
  begin: () => { write: (piece: string) => void; end: () => Report },
): Promise<Read<Report>> {
  const startMs = ports.nowMs();
  let earlier: unknown;
  for (let attempts = 1; ; attempts += 1) {
    const progress = (): Progress => {
      const nowMs = ports.nowMs();
      return { scanId, state: "finished", elapsedMs: nowMs - startMs, polls: attempts, remainingMs: endMs - nowMs };
    };
    try {
      const reading = begin();
      const send = (signal: AbortSignal): Promise<unknown> =>
        read((piece) => {
          reading.write(piece);
        }, signal);
      await ports.sendBounded(progress().remainingMs + GRACE_MS, send, stillWaiting(progress, ports.tell));
      return isTooLate(progress()) ? { problem: TOO_LATE } : { report: reading.end() };
    } catch (error) {
      const now = progress();
      const isTimeUp = now.remainingMs <= 0;
      const isLast = isTimeUp || (attempts >= MAX_ATTEMPTS && !(asksOn && isSilence(error)));
      if (isLast || error instanceof ReportParseError || isFinal(error)) {
        /** A request that the timeout cut off says less than what was said before. */
        return { problem: reportProblemOf((isTimeUp && isSilence(error) ? earlier : undefined) ?? error) };
      }
      earlier = error;
      ports.tell({ ...now, problem: problemOf(error) });
      if ((await ports.wait(pauseMs(error, now))) === "stopped") return { problem: reportProblemOf(error) };
    }
  }
}

const TOO_LATE: ReportProblem = { reason: "reportMissing", problem: "the report came after the timeout" };

/** As between two status requests. */
const pauseMs = (error: unknown, { elapsedMs, remainingMs }: Progress): number =>
  nextPollInMs({
    elapsedMs,
    remainingMs,
    pollIntervalSeconds: LONGEST_PAUSE_SECONDS,
    retryAfterMs: retryAfterMsOf(error),
    random: 0,
  });

const LONGEST_PAUSE_SECONDS = 60;

const REASONS: Readonly<Record<ReportErrorCode, ReportProblem["reason"]>> = {
  REPORT_EMPTY: "reportMissing",
  REPORT_TOO_LARGE: "reportTooLarge",
  REPORT_UNREADABLE: "reportUnreadable",
};

function reportProblemOf(error: unknown): ReportProblem {
  const problem = problemOf(error);
  if (error instanceof ReportParseError) {
    return { reason: REASONS[error.code], problem };
  }
  const code = error instanceof CrashtestError ? error.code : undefined;
  if (code === "REPORT_TOO_LARGE") return { reason: "reportTooLarge", problem };
  return { reason: code === "UNEXPECTED_ANSWER" ? "reportUnreadable" : "reportMissing", problem };
}
