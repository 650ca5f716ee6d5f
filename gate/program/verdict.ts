import * as pulumi from "@pulumi/pulumi";
import type { HostDecision } from "../host/decide";
import { announceVerdict, answeredVerdict, leftOutVerdict } from "../host/settled-verdict";
import type { BaselineRecord } from "../rules/baseline-record";
import { type Verdict, holdsBack } from "../rules/verdict";
import { countFindings } from "../../findings/severity";
import { callsUnderWay } from "../../program/calls-under-way";
import { isMocked } from "../../program/mocks";
import { detached } from "../../program/outputs";
import { TYPE_MODULE, providerText } from "../../provider/dynamic/provider-text";
import type { ServiceIdentity } from "../../service/service";
import { programRow } from "./program-ports";

/** What a gate gives its child: a verdict, or the question that the state answers. */
export interface HandedVerdict {
  verdict: Verdict | undefined;
  /** As JSON. */
  question: string | undefined;
  advisory: boolean;
  /** The service that issued the scan's ID; undefined if unknown. */
  service: ServiceIdentity | undefined;
}

/** The type token of a gate's child. */
export const VERDICT_TYPE = `${TYPE_MODULE}:Verdict`;

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
    super(VERDICT_TYPE, name, { __provider: providerText("verdict"), ...inputs }, opts);
  }
}

/** Returns what the child gets of a decision, once the reports requested with the gate's outputs are there. */
export async function handOver(decision: HostDecision): Promise<HandedVerdict> {
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
  decided: pulumi.Output<HostDecision>,
  child: VerdictResource,
): pulumi.Output<Verdict> {
  const isUnderMocks = isMocked();
  const audience = { row: programRow(gate), isPreview: pulumi.runtime.isDryRun() };
  return decided.apply((decision): pulumi.Output<Verdict> => {
    const { verdict, question, table } = decision;
    if (verdict !== undefined) {
      if (isUnderMocks) return child.verdict.apply((given) => mockedVerdict(verdict, given));
      announceVerdict(decision, { verdict, table }, audience);
      return pulumi.output(verdict);
    }
    if (question === undefined) throw new Error("a gate has neither a verdict nor a question");
    return detached(pulumi.all([child.verdict, child.baseline])).apply(([inState, baseline]) => {
      const answered = answeredVerdict(question, { verdict: inState, baseline });
      if (answered === undefined) return leftOutVerdict(question);
      announceVerdict(decision, answered, audience);
      return answered.verdict;
    });
  });
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
