import * as pulumi from "@pulumi/pulumi";
import type { AcceptedFinding } from "../../findings/gate/accepted-finding";
import type { GateSettings } from "../../findings/gate/settings";
import { holdsBack, type Verdict } from "../../findings/gate/verdict";
import type { ReportSource, ScanStatus } from "../../provider/client";
import { redactor } from "../../provider/client/redact";
import { say } from "../log";
import { isKnown } from "../output-state";
import { programSettingText } from "../settings";
import { loadAccepted } from "./accept-file";
import { decideGate, type GateDecision } from "./decide-gate";
import type { GateTarget } from "./gate-target";
import { programPorts } from "./program-ports";
import { runKind } from "./run-kind";

/** What a gate decided, as its outputs have it. */
export interface ProgramDecision {
  verdict: Verdict;
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
    const decision = redact(await decide(gate, known, values), known.source);
    sayDecision(gate, decision, values.advisory === true);
    if (decision.kind === "pending") return pulumi.unknown as ProgramDecision;
    const { verdict, status } = decision;
    return { verdict, status, projectId: known.scan.projectId };
  });
}

async function decide(
  gate: pulumi.Resource,
  { scan, source }: GateTarget,
  given: GivenSettings,
): Promise<GateDecision> {
  const { accept, problems } = await loadAccepted(given.accept);
  const settings = { ...given, accept };
  const request = { scan, settings, settingsProblems: problems, isPreview: pulumi.runtime.isDryRun() };
  return decideGate(request, programPorts(source, gate));
}

/** A scanned site may write whatever it was sent into what is found; a verdict goes to the output and into the state. */
function redact(decision: GateDecision, source: ReportSource): GateDecision {
  if (decision.kind === "pending") return decision;
  const clean = redactor([programSettingText("apiKey"), "webhook" in source ? source.webhook : undefined]);
  const verdict = { ...decision.verdict, message: clean(decision.verdict.message) };
  return { ...decision, verdict, warnings: decision.warnings.map(clean) };
}

/** A scan that a preview cannot name is started by the deployment. */
async function sayWhatWillHappen(gate: pulumi.Resource, target: pulumi.Output<GateTarget>): Promise<void> {
  if (await isKnown(target)) return;
  say("info", "the gate will wait for the scan that is to be started, and then decide", gate);
}

function sayDecision(gate: pulumi.Resource, decision: GateDecision, isAdvisory: boolean): void {
  if (decision.kind === "pending") {
    const { status, problem } = decision;
    const what = problem ?? `scan ${status?.scanId ?? ""} is ${status?.state ?? "not seen yet"}`;
    say("info", `the gate will wait for the scan's end, and then decide: ${what}`, gate);
    return;
  }
  for (const warning of decision.warnings) say("warn", warning, gate);
  if (decision.verdict.passed) say("info", decision.verdict.message, gate);
  else if (!holdsBack(decision.verdict, isAdvisory)) say("warn", `advisory: ${decision.verdict.message}`, gate);
}
