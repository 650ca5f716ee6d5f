import * as pulumi from "@pulumi/pulumi";
import { baselineOf, digestOf } from "../../findings/gate/baseline-record";
import type { FindingsQuestion } from "../../findings/gate/findings-question";
import { findingsTable } from "../../findings/gate/findings-table";
import { parseQuestionText } from "../../findings/gate/question-text";
import { holdsBack, type Verdict } from "../../findings/gate/verdict";
import { callsUnderWay } from "../calls-under-way";
import { say, showTable } from "../log";
import { isMocked } from "../mocks";
import { detached } from "../output-state";
import type { ProgramDecision } from "./decide-in-program";
import { mockedVerdict } from "./mocked-decision";
import type { HandedVerdict, VerdictResource } from "./verdict-resource";

/** What the engine is handed of a decision, once the reports are there that were asked for with the gate's outputs. */
export async function handOver(decision: ProgramDecision): Promise<HandedVerdict> {
  const { verdict, question, isAdvisory, service } = decision;
  const mayEndProgram = verdict === undefined || holdsBack(verdict, isAdvisory);
  if (mayEndProgram && !pulumi.runtime.isDryRun() && !isMocked()) await callsUnderWay();
  return { verdict, question, advisory: isAdvisory, service };
}

/**
 * The verdict: the program's own; or, where it takes the state to decide, the one that the gate's child was given, if that is
 * about the scan and the settings of this run. A command that leaves the child out gives the last one's. Mocks give it in the
 * place of the child's provider.
 */
export function settleVerdict(
  gate: pulumi.Resource,
  decided: pulumi.Output<ProgramDecision>,
  child: VerdictResource,
): pulumi.Output<Verdict> {
  const isUnderMocks = isMocked();
  return decided.apply((decision): pulumi.Output<Verdict> => {
    const { verdict, question, table } = decision;
    if (verdict !== undefined) {
      if (isUnderMocks) return child.verdict.apply((given) => mockedVerdict(verdict, given));
      tell(gate, decision, verdict, table);
      return pulumi.output(verdict);
    }
    if (question === undefined) throw new Error("a gate has neither a verdict nor a question");
    return detached(pulumi.all([child.verdict, child.baseline])).apply(([inState, record]) => {
      const asked = parseQuestionText(question);
      if (record?.question !== digestOf(question)) return leftOut(asked);
      tell(gate, decision, inState, findingsTable(asked, baselineOf(record)));
      return inState;
    });
  });
}

function leftOut({ scan, findingCounts, missingScanners }: FindingsQuestion): Verdict {
  const message = `gate closed (findings): which findings of scan ${scan.scanId} are new was not decided, since this run leaves the gate's verdict out.
What to do:
- run without --target and --exclude, or name the gate's verdict in --target`;
  return { passed: false, reason: "findings", message, scanId: scan.scanId, findingCounts, missingScanners };
}

/** A verdict that holds back is told by the engine. In a preview the findings are shown only where it does. */
function tell(
  gate: pulumi.Resource,
  { warnings, isAdvisory }: ProgramDecision,
  verdict: Verdict,
  table: string | undefined,
): void {
  const isHeldBack = holdsBack(verdict, isAdvisory);
  for (const warning of warnings) say("warn", warning, gate);
  if (verdict.passed) say("info", verdict.message, gate);
  else if (!isHeldBack) say("warn", `advisory: ${verdict.message}`, gate);
  if (table !== undefined && (isHeldBack || !pulumi.runtime.isDryRun())) showTable(table, gate);
}
