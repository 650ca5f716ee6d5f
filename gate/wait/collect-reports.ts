import type { GateEvidence, ReportProblem } from "../rules/verdict";
import { contradictionOf } from "../rules/report-contradiction";
import type { ServiceAbilities } from "../../service/rules";
import { parseJunit, type JunitReport } from "../../findings/junit";
import { parseFindings } from "../../findings/report";
import { ReportParseError } from "../../findings/report-error";
import { CrashtestError } from "../../errors/errors";
import {
  GRACE_MS,
  type SendBounded,
  isFinal,
  isSilence,
  isTooLate,
  problemOf,
  retryAfterMsOf,
  stillWaiting,
} from "./bounded-request";
import { type Progress, nextPollInMs } from "./polling";
import type { WaitEnd } from "./scheduler";

/** Fetches the text of a report. */
export type ReadReport = (signal: AbortSignal) => Promise<string>;

/** What reading the reports of an ended scan needs. */
export interface ReportPorts {
  /** Reads the JSON report, if the service has findings as JSON. */
  readJson: ReadReport;
  /** Reads the XML (JUnit) report. */
  readXml: ReadReport;
  sendBounded: SendBounded;
  wait: (delayMs: number) => Promise<WaitEnd>;
  nowMs: () => number;
  tell: (progress: Progress) => void;
}

/** Whose reports to read, and how much of the gate's time is left for that. */
export interface ReportRequest {
  scanId: string;
  abilities: Pick<ServiceAbilities, "jsonFindings">;
  /** Until the timeout. */
  remainingMs: number;
  /** Whether to keep asking a silent service until the timeout; a preview does not wait. */
  asksOn: boolean;
}

type ReportEvidence = Pick<GateEvidence, "findings" | "scannerErrors" | "skippedScanners" | "reportProblems">;

/** If the service answers, and there is time. */
const MAX_ATTEMPTS = 3;

/** Reads what a verdict needs of an ended scan: findings from JSON, if there are any, and broken scanners from XML. Never rejects. */
export async function collectReports(request: ReportRequest, ports: ReportPorts): Promise<ReportEvidence> {
  const endMs = ports.nowMs() + request.remainingMs;
  const timed = { ...request, endMs };
  const junit = await readReport(timed, ports, ports.readXml, parseJunit);
  if (!request.abilities.jsonFindings) return "problem" in junit ? missing(junit) : evidenceOfJunit(junit.report);
  const json = await readReport(timed, ports, ports.readJson, parseFindings);
  if ("problem" in json || "problem" in junit) return missing(json, junit);
  // ASSUMED: each scanner that ran has a test case, so an XML report without any does not say that none broke.
  if (junit.report.testCaseCount === 0) return missing({ problem: NO_TEST_CASE });
  const contradiction = contradictionOf({ json: json.report, xml: junit.report });
  if (contradiction !== undefined) return missing({ problem: { reason: "reportUnreadable", problem: contradiction } });
  const { scannerErrors, skippedScanners } = junit.report;
  return { findings: json.report, scannerErrors, skippedScanners };
}

const NO_TEST_CASE: ReportProblem = {
  reason: "reportMissing",
  problem: "the XML report has no test case, and so does not say whether a scanner broke",
};

/** A test case without a scanner's name was still run by one. */
function evidenceOfJunit(report: JunitReport): ReportEvidence {
  const { findings, scanners, testCaseCount, scannerErrors, skippedScanners } = report;
  const ran = scanners.length === 0 && testCaseCount > 0 ? ["unnamed"] : scanners;
  return { findings: { findings, scanners: { ran } }, scannerErrors, skippedScanners };
}

type Read<Report> = { report: Report } | { problem: ReportProblem };

const missing = (...reads: readonly Read<unknown>[]): ReportEvidence => ({
  reportProblems: reads.flatMap((read) => ("problem" in read ? [read.problem] : [])),
});

async function readReport<Report>(
  { scanId, endMs, asksOn }: Pick<ReportRequest, "scanId" | "asksOn"> & { endMs: number },
  ports: ReportPorts,
  read: ReadReport,
  parse: (text: string) => Report,
): Promise<Read<Report>> {
  const startMs = ports.nowMs();
  let earlier: unknown;
  for (let attempts = 1; ; attempts += 1) {
    const progress = (): Progress => {
      const nowMs = ports.nowMs();
      return { scanId, state: "finished", elapsedMs: nowMs - startMs, polls: attempts, remainingMs: endMs - nowMs };
    };
    try {
      const limitMs = progress().remainingMs + GRACE_MS;
      const text = await ports.sendBounded(limitMs, read, stillWaiting(progress, ports.tell));
      return isTooLate(progress()) ? { problem: TOO_LATE } : { report: parse(text) };
    } catch (error) {
      const now = progress();
      const isTimeUp = now.remainingMs <= 0;
      const isLast = isTimeUp || (attempts >= MAX_ATTEMPTS && !(asksOn && isSilence(error)));
      if (isLast || error instanceof ReportParseError || isFinal(error)) {
        // A request that the timeout cut off says less than the one before it.
        return { problem: reportProblemOf((isTimeUp && isSilence(error) ? earlier : undefined) ?? error) };
      }
      earlier = error;
      ports.tell({ ...now, problem: problemOf(error) });
      if ((await ports.wait(pauseMs(error, now))) === "stopped") return { problem: reportProblemOf(error) };
    }
  }
}

const TOO_LATE: ReportProblem = { reason: "reportMissing", problem: "the report came after the timeout" };

const pauseMs = (error: unknown, { elapsedMs, remainingMs }: Progress): number =>
  nextPollInMs({
    elapsedMs,
    remainingMs,
    pollIntervalSeconds: 60,
    retryAfterMs: retryAfterMsOf(error),
    random: 0,
  });

/** By the code of an error; all others mean `reportMissing`. */
const REASONS: Readonly<Partial<Record<string, ReportProblem["reason"]>>> = {
  REPORT_TOO_LARGE: "reportTooLarge",
  REPORT_UNREADABLE: "reportUnreadable",
  UNEXPECTED_ANSWER: "reportUnreadable",
};

function reportProblemOf(error: unknown): ReportProblem {
  const hasCode = error instanceof CrashtestError || error instanceof ReportParseError;
  return { reason: (hasCode ? REASONS[error.code] : undefined) ?? "reportMissing", problem: problemOf(error) };
}
