import * as pulumi from "@pulumi/pulumi";
import type { AcceptedFinding } from "../../findings/gate/accepted-finding";
import { findingsTable } from "../../findings/gate/findings-table";
import { questionText } from "../../findings/gate/question-text";
import { isKeptInState, type GateSettings } from "../../findings/gate/settings";
import type { Verdict } from "../../findings/gate/verdict";
import type { FindingCounts } from "../../findings/severity";
import type { ReportSource, ScanStatus } from "../../provider/client";
import { redactor } from "../../provider/client/redact";
import { say } from "../log";
import { isKnown } from "../output-state";
import { programSettingText } from "../settings";
import { loadAccepted } from "./accept-file";
import { loadBaseline } from "./baseline-file";
import { decideGate, type GateDecision } from "./decide-gate";
import type { GateTarget } from "./gate-target";
import { programPorts } from "./program-ports";
import { runKind } from "./run-kind";

/** What a program decided of a gate, as far as it can: it does not see the state. Small, since outputs are gone through. */
export interface ProgramDecision {
  /** Undefined where it takes the state to decide. */
  verdict: Verdict | undefined;
  /** What is left to decide then, as JSON. */
  question: string | undefined;
  /** The findings for people, where the program decided; undefined where there are none. */
  table: string | undefined;
  warnings: readonly string[];
  scanId: string;
  /** Undefined where no report could be read. */
  findingCounts: FindingCounts | undefined;
  isAdvisory: boolean;
  keepsBaseline: boolean;
  status: ScanStatus | undefined;
  projectId: string | undefined;
}

/** A gate's settings as the program gives them, with the list of accepted findings or its file. */
type GivenSettings = Omit<GateSettings, "accept"> & { accept?: readonly AcceptedFinding[] | string | undefined };

/**
 * Waits and decides, as an output of the program: unknown in a preview that would have to wait, and where the program runs
 * only to take resources down.
 */
export function decideInProgram(
  gate: pulumi.Resource,
  target: pulumi.Output<GateTarget>,
  settings: pulumi.Inputs,
): pulumi.Output<ProgramDecision> {
  const given = pulumi.output(settings) as pulumi.Output<GivenSettings>;
  /** A scan that cannot be registered is reported by the engine. */
  if (pulumi.runtime.isDryRun()) void sayWhatWillHappen(gate, target).catch(() => undefined);
  return pulumi.all([target, given]).apply(async ([known, values]): Promise<ProgramDecision> => {
    if (runKind() === "takeDown") return pulumi.unknown as ProgramDecision;
    const file = await loadBaseline(values.baseline);
    const decision = await decide(gate, known, values, file);
    if (decision.kind === "pending") {
      sayPending(gate, decision);
      return pulumi.unknown as ProgramDecision;
    }
    return {
      ...redacted(decision, file.baseline, known.source),
      scanId: known.scan.scanId,
      findingCounts: (decision.kind === "asked" ? decision.question : decision.verdict).findingCounts,
      isAdvisory: values.advisory === true,
      keepsBaseline: isKeptInState(values.baseline),
      status: decision.status,
      projectId: known.scan.projectId,
    };
  });
}

async function decide(
  gate: pulumi.Resource,
  { scan, source }: GateTarget,
  given: GivenSettings,
  { baseline, problems: baselineProblems }: Awaited<ReturnType<typeof loadBaseline>>,
): Promise<GateDecision> {
  const { accept, problems } = await loadAccepted(given.accept);
  const settings = { ...given, accept };
  const settingsProblems = [...problems, ...baselineProblems];
  const request = { scan, settings, settingsProblems, baseline, isPreview: pulumi.runtime.isDryRun() };
  return decideGate(request, programPorts(source, gate));
}

type Decided = Exclude<GateDecision, { kind: "pending" }>;

/** A scanned site may write whatever it was sent into what is found; a verdict goes to the output and into the state. */
function redacted(
  decision: Decided,
  baseline: readonly string[] | undefined,
  source: ReportSource,
): Pick<ProgramDecision, "verdict" | "question" | "table" | "warnings"> {
  const clean = redactor([programSettingText("apiKey"), "webhook" in source ? source.webhook : undefined]);
  const warnings = decision.warnings.map(clean);
  if (decision.kind === "asked") {
    return { verdict: undefined, question: questionText(decision.question, clean), table: undefined, warnings };
  }
  const { verdict, question } = decision;
  const table = question === undefined ? undefined : findingsTable(question, baseline);
  return {
    verdict: { ...verdict, message: clean(verdict.message) },
    question: undefined,
    table: table === undefined ? undefined : clean(table),
    warnings,
  };
}

/** A scan that a preview cannot name is started by the deployment. */
async function sayWhatWillHappen(gate: pulumi.Resource, target: pulumi.Output<GateTarget>): Promise<void> {
  if (await isKnown(target)) return;
  say("info", "the gate will wait for the scan that is to be started, and then decide", gate);
}

function sayPending(gate: pulumi.Resource, { status, problem }: Extract<GateDecision, { kind: "pending" }>): void {
  const what = problem ?? `scan ${status?.scanId ?? ""} is ${status?.state ?? "not seen yet"}`;
  say("info", `the gate will wait for the scan's end, and then decide: ${what}`, gate);
}
