import { parseFindings, parseJunit, ReportParseError, type FindingsReport, type JunitReport } from "../../findings";
import type { GateEvidence, ReportProblem } from "../../findings/gate/evidence";
import type { GateTransport } from "../../findings/gate/settings";
import { CrashtestError } from "../../provider/errors";
import { isFinal, problemOf, retryAfterMsOf } from "./failure";
import { nextPollInMs } from "./polling-plan";
import type { WaitEnd } from "./scheduler";

/** What the reports of an ended scan are read with. */
export interface ReportPorts {
  /** The JSON report; a webhook has none. */
  readJson: () => Promise<string>;
  /** The XML (JUnit) report. */
  readXml: () => Promise<string>;
  wait: (delayMs: number) => Promise<WaitEnd>;
}

type ReportEvidence = Pick<GateEvidence, "findings" | "scannerErrors" | "reportProblems">;

/** A report that does not come for a while is asked for so often, as a network may fail at the very end of a scan. */
const MAX_ATTEMPTS = 3;

/** Reads what a verdict needs of an ended scan: findings from JSON, broken scanners from XML. Never rejects. */
export async function collectReports(transport: GateTransport, ports: ReportPorts): Promise<ReportEvidence> {
  const junit = await readReport(ports, ports.readXml, parseJunit);
  if (transport === "webhook") return "problem" in junit ? missing(junit) : evidenceOfJunit(junit.report);
  const json = await readReport(ports, ports.readJson, parseFindings);
  if ("problem" in json || "problem" in junit) return missing(json, junit);
  return { findings: json.report, scannerErrors: junit.report.scannerErrors };
}

/** A test case that names no scanner was still run by one. */
function evidenceOfJunit({ findings, scanners, testCaseCount, scannerErrors }: JunitReport): ReportEvidence {
  const ran = scanners.length === 0 && testCaseCount > 0 ? ["unnamed"] : scanners;
  return { findings: { findings, scanners: { ran } }, scannerErrors };
}

type Read<Report> = { report: Report } | { problem: ReportProblem };

const missing = (...reads: readonly Read<FindingsReport | JunitReport>[]): ReportEvidence => ({
  reportProblems: reads.flatMap((read) => ("problem" in read ? [read.problem] : [])),
});

async function readReport<Report>(
  ports: ReportPorts,
  read: () => Promise<string>,
  parse: (text: string) => Report,
): Promise<Read<Report>> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { report: parse(await read()) };
    } catch (error) {
      const isLast = attempts >= MAX_ATTEMPTS || error instanceof ReportParseError || isFinal(error);
      if (isLast || (await ports.wait(pauseMs(error))) === "stopped") return { problem: reportProblemOf(error) };
    }
  }
}

/** As before a second status request, or as long as the service asks for. */
const pauseMs = (error: unknown): number =>
  nextPollInMs({
    elapsedMs: 0,
    remainingMs: LONGEST_PAUSE_MS,
    pollIntervalSeconds: LONGEST_PAUSE_MS / 1_000,
    retryAfterMs: retryAfterMsOf(error),
    random: 0,
  });

const LONGEST_PAUSE_MS = 60_000;

function reportProblemOf(error: unknown): ReportProblem {
  const problem = problemOf(error);
  if (error instanceof ReportParseError) {
    return { reason: error.code === "REPORT_EMPTY" ? "reportMissing" : "reportUnreadable", problem };
  }
  const code = error instanceof CrashtestError ? error.code : undefined;
  if (code === "REPORT_TOO_LARGE") return { reason: "reportTooLarge", problem };
  return { reason: code === "UNEXPECTED_ANSWER" ? "reportUnreadable" : "reportMissing", problem };
}
