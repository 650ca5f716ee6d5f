import { isPromise } from "node:util/types";
import * as pulumi from "@pulumi/pulumi";
import type { AcceptedFinding } from "../../findings/gate/accepted-finding";
import type { GateSettings } from "../../findings/gate/settings";
import { isPlainObject } from "../../findings/plain-object";
import type { FindingCounts } from "../../findings/severity";
import type { ReportSource, ScanStatus } from "../../provider/client";
import type { ServiceIdentity } from "../../provider/service-identity";
import { say } from "../log";
import { isMocked } from "../mocks";
import { isKnown } from "../output-state";
import { programSettingText } from "../settings";
import { loadAccepted } from "./accept-file";
import { loadBaseline } from "./baseline-file";
import { decideGate, type GateDecision } from "./decide-gate";
import type { GateTarget } from "./gate-target";
import { mockedDecision } from "./mocked-decision";
import { programPorts } from "./program-ports";
import { redactedDecision, type RedactedDecision } from "./redacted-decision";
import { runKind } from "./run-kind";

/** What a program decided of a gate, as far as it can: it does not see the state. Flat, since outputs are gone through. */
export interface ProgramDecision extends RedactedDecision {
  scanId: string;
  /** Undefined where no report could be read. */
  findingCounts: FindingCounts | undefined;
  isAdvisory: boolean;
  status: ScanStatus | undefined;
  projectId: string | undefined;
  /** The service that the IDs were given out by; undefined where nobody noted it. */
  service: ServiceIdentity | undefined;
}

/** A gate's settings as the program gives them, with the list of accepted findings or its file. */
type GivenSettings = Omit<GateSettings, "accept"> & { accept?: readonly AcceptedFinding[] | string | undefined };

/**
 * Waits and decides, as an output of the program: unknown in a preview that would have to wait, and where the program runs
 * only to take resources down. Under mocks nobody is asked, and no file is read.
 */
export function decideInProgram(
  gate: pulumi.Resource,
  target: pulumi.Output<GateTarget>,
  settings: pulumi.Inputs,
): pulumi.Output<ProgramDecision> {
  const given = pulumi.output(visibleSettings(settings)) as pulumi.Output<GivenSettings>;
  const isUnderMocks = isMocked();
  /** A scan that cannot be registered is reported by the engine. */
  if (pulumi.runtime.isDryRun() && !isUnderMocks) void sayWhatWillHappen(gate, target).catch(() => undefined);
  return pulumi.all([target, given]).apply(async ([known, values]): Promise<ProgramDecision> => {
    if (!isUnderMocks && runKind() === "takeDown") return pulumi.unknown as ProgramDecision;
    const file = await loadBaseline(isUnderMocks ? undefined : values.baseline);
    const decision = isUnderMocks
      ? mockedDecision(known.scan, withoutFile(values))
      : await decide(gate, known, values, file);
    if (decision.kind === "pending") {
      sayPending(gate, decision);
      return pulumi.unknown as ProgramDecision;
    }
    return {
      ...redactedDecision(decision, file.baseline, secretsOf(known.source)),
      scanId: known.scan.scanId,
      findingCounts: (decision.kind === "asked" ? decision.question : decision.verdict).findingCounts,
      isAdvisory: values.advisory === true,
      status: decision.status,
      projectId: known.scan.projectId,
      service: known.source.owner,
    };
  });
}

/**
 * The SDK's outputs make an empty object of a `Map` and the like, as if there were no limit: here it is named, which no
 * setting takes.
 */
function visibleSettings(settings: pulumi.Inputs): pulumi.Inputs {
  const visible = (value: unknown): unknown => {
    if (pulumi.Output.isInstance(value)) return value.apply(visible);
    if (isPromise(value)) return value.then(visible);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && !isPlainObject(value) ? Object.prototype.toString.call(value) : value;
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, visible(value)]));
}

const withoutFile = ({ accept, ...settings }: GivenSettings): GateSettings => ({
  ...settings,
  accept: typeof accept === "string" ? undefined : accept,
});

const secretsOf = (source: ReportSource): (string | undefined)[] => [
  programSettingText("apiKey"),
  "webhook" in source ? source.webhook : undefined,
];

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

/** A scan that a preview cannot name is started by the deployment. */
async function sayWhatWillHappen(gate: pulumi.Resource, target: pulumi.Output<GateTarget>): Promise<void> {
  if (await isKnown(target)) return;
  say("info", "the gate will wait for the scan that is to be started, and then decide", gate);
}

function sayPending(gate: pulumi.Resource, { status, problem }: Extract<GateDecision, { kind: "pending" }>): void {
  const what = problem ?? `scan ${status?.scanId ?? ""} is ${status?.state ?? "not seen yet"}`;
  say("info", `the gate will wait for the scan's end, and then decide: ${what}`, gate);
}
