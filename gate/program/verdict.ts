import * as pulumi from "@pulumi/pulumi";
import type { ProgramDecision } from "./decide-in-program";
import { type BaselineRecord, baselineOf, digestOf } from "../rules/baseline-record";
import { type FindingsQuestion, parseQuestionText } from "../rules/findings-question";
import { findingsTable } from "../rules/findings-table";
import { type Verdict, holdsBack } from "../rules/verdict";
import { countFindings } from "../../findings/severity";
import { callsUnderWay } from "../../program/calls-under-way";
import { say, showTable } from "../../program/log";
import { isMocked } from "../../program/mocks";
import { detached } from "../../program/outputs";
import { TYPE_MODULE, providerText } from "../../provider/dynamic/provider-text";
import type { ServiceIdentity } from "../../service/service";

/** What a gate gives its child: a verdict, or the question that the state answers. */
export interface HandedVerdict {
  verdict: Verdict | undefined;
  /** As JSON. */
  question: string | undefined;
  advisory: boolean;
  /** The service that issued the scan's ID; undefined if unknown. */
  service: ServiceIdentity | undefined;
}

/** The resource that carries a gate's verdict to the engine; its lifecycle refuses one that holds back. */
export class VerdictResource extends pulumi.CustomResource {
  /** What was decided; if this run leaves the resource out, what was decided last. */
  declare readonly verdict: pulumi.Output<Verdict>;
  /** What the state knows about older findings. */
  declare readonly baseline: pulumi.Output<BaselineRecord | undefined>;

  /**
   * @param keepsBaseline true for a gate that counts new findings only, else undefined, which is no change in older states. Known
   * even if a preview knows no verdict
   */
  constructor(
    name: string,
    handed: pulumi.Output<HandedVerdict>,
    keepsBaseline: pulumi.Output<true | undefined>,
    opts: pulumi.CustomResourceOptions,
  ) {
    const inputs = {
      verdict: handed.apply(({ verdict }) => verdict),
      question: handed.apply(({ question }) => question),
      keepsBaseline,
      advisory: handed.apply(({ advisory }) => advisory),
      service: handed.apply(({ service }) => service),
      baseline: undefined,
    };
    super(`${TYPE_MODULE}:Verdict`, name, { __provider: providerText("verdict"), ...inputs }, opts);
  }
}

/** Returns what the child gets of a decision, once the reports requested with the gate's outputs are there. */
export async function handOver(decision: ProgramDecision): Promise<HandedVerdict> {
  const { verdict, question, isAdvisory, service } = decision;
  const mayEndProgram = verdict === undefined || holdsBack(verdict, isAdvisory);
  if (mayEndProgram && !pulumi.runtime.isDryRun() && !isMocked()) await callsUnderWay();
  return { verdict, question, advisory: isAdvisory, service };
}

/**
 * Returns the verdict: the program's own; or, if it takes the state to decide, that of the gate's child, if that is about the
 * scan and the settings of this run: a command can leave the child out. Mocks stand in for the child's provider.
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

/** The engine prints a verdict that holds back. A preview shows findings only then. */
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

/**
 * Returns the verdict that mocks give for a gate's child. They can close a gate, but not open one that its settings close.
 *
 * @param byDefault applies to what the mocks leave out, or leave unchanged
 */
function mockedVerdict(byDefault: Verdict, given: Partial<Verdict> = {}): Verdict {
  if (!byDefault.passed) return byDefault;
  const before: Partial<Record<string, unknown>> = { ...byDefault };
  const said: Partial<Verdict> = Object.fromEntries(Object.entries(given).filter(([name, it]) => it !== before[name]));
  const findingCounts = { ...countFindings([]), ...given.findingCounts };
  const closed = { reason: "findings", message: "gate closed (findings): by the mocks of a test" } as const;
  return { ...byDefault, ...(said.passed === false && closed), ...said, findingCounts };
}
