import { baselineOf, digestOf, parseBaselineRecord } from "../rules/baseline-record";
import { parseQuestionText } from "../rules/findings-question";
import { findingsTable } from "../rules/findings-table";
import { type Verdict, holdsBack, isVerdict } from "../rules/verdict";
import { runWithAll } from "../rules/verdict-message";
import type { HostDecision } from "./decide";
import type { GateRow } from "./ports";

/** A gate's verdict, and the findings for people. */
export interface SettledVerdict {
  verdict: Verdict;
  table: string | undefined;
}

/**
 * Returns what the gate's child answered to a question; undefined if its verdict is about another scan or other settings, since
 * the command left the child out.
 *
 * @param recorded the child's outputs
 */
export function answeredVerdict(
  question: string,
  { verdict, baseline }: Record<"verdict" | "baseline", unknown>,
): SettledVerdict | undefined {
  const record = parseBaselineRecord(baseline);
  if (record?.question !== digestOf(question) || !isVerdict(verdict)) return undefined;
  return { verdict, table: findingsTable(parseQuestionText(question), baselineOf(record)) };
}

/** Returns the verdict on a question that nobody answered. */
export function leftOutVerdict(question: string): Verdict {
  const { scan, findingCounts, missingScanners } = parseQuestionText(question);
  const message = `gate closed (findings): which findings of scan ${scan.scanId} are new was not decided, since this run leaves the gate's verdict out.
What to do:
- ${runWithAll("the gate's verdict")}`;
  return { passed: false, reason: "findings", message, scanId: scan.scanId, findingCounts, missingScanners };
}

/** What holds a deployment back if there is no verdict at all. */
export const NO_VERDICT = "gate closed: there is no verdict, since its scan was not deployed in this run.";

/** Shows a verdict on the gate's row. The engine prints one that holds back. A preview shows findings only then. */
export function announceVerdict(
  { warnings, isAdvisory }: Pick<HostDecision, "warnings" | "isAdvisory">,
  { verdict, table }: SettledVerdict,
  { row, isPreview }: { row: Pick<GateRow, "say" | "showTable">; isPreview: boolean },
): void {
  const isHeldBack = holdsBack(verdict, isAdvisory);
  for (const warning of warnings) row.say("warn", warning);
  if (verdict.passed) row.say("info", verdict.message);
  else if (!isHeldBack) row.say("warn", `advisory: ${verdict.message}`);
  if (table !== undefined && (isHeldBack || !isPreview)) row.showTable(table);
}
