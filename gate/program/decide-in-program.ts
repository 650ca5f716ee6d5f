import { isPromise } from "node:util/types";
import * as pulumi from "@pulumi/pulumi";
import { plainLines, plainTable } from "../../errors/plain-text";
import { redactor } from "../../errors/redact";
import { isPlainObject } from "../../findings/json-fields";
import type { FindingCounts } from "../../findings/severity";
import { say } from "../../program/log";
import { isMocked, MOCKED_END } from "../../program/mocks";
import { isKnown } from "../../program/outputs";
import { programSecrets } from "../../program/settings";
import type { ScanCoverage, ScanStatus } from "../../service/scan-status";
import type { ScanAddress, ServiceIdentity } from "../../service/service";
import type { AcceptedFinding } from "../rules/accepted-finding";
import { judge } from "../rules/decide-verdict";
import { questionText } from "../rules/findings-question";
import { findingsTable } from "../rules/findings-table";
import { shorten } from "../rules/gate-finding";
import type { GateSettings } from "../rules/settings";
import type { GatedScan, Verdict } from "../rules/verdict";
import { type GateDecision, decideGate } from "../wait/decide-gate";
import type { GateTarget } from "./gate-target";
import { programPorts } from "./program-ports";
import { runKind } from "./run-kind";
import { loadAccepted, loadBaseline } from "./setting-files";

/** What of a decision goes to the engine: to outputs, into the state, and before people's eyes. */
export interface RedactedDecision {
  /** Undefined if it takes the state to decide. */
  verdict: Verdict | undefined;
  /** What is left to decide then, as JSON. */
  question: string | undefined;
  /** The findings for people, if the program decided; undefined without findings. */
  table: string | undefined;
  warnings: readonly string[];
}

/** What a program decided for a gate, as far as it can without the state. Flat, since the SDK walks through outputs. */
export interface ProgramDecision extends RedactedDecision {
  scanId: string;
  /** Undefined if no report could be read. */
  findingCounts: FindingCounts | undefined;
  isAdvisory: boolean;
  status: ScanStatus | undefined;
  projectId: string | undefined;
  /** The service that issued the IDs; undefined if unknown. */
  service: ServiceIdentity | undefined;
}

/** A gate's settings as the program gives them, with the list of accepted findings or its file. */
type GivenSettings = Omit<GateSettings, "accept"> & { accept?: readonly AcceptedFinding[] | string | undefined };

/**
 * Waits and decides, as an output of the program: unknown in a preview that would need to wait, and in a run that only takes
 * resources down. Under mocks no service is asked, and no file is read.
 */
export function decideInProgram(
  gate: pulumi.Resource,
  target: pulumi.Output<GateTarget>,
  settings: pulumi.Inputs,
): pulumi.Output<ProgramDecision> {
  const given = pulumi.output(visibleSettings(settings)) as pulumi.Output<GivenSettings>;
  const isUnderMocks = isMocked();
  // The engine reports a scan that cannot be registered.
  if (pulumi.runtime.isDryRun() && !isUnderMocks) void announceWait(gate, target).catch(() => undefined);
  return pulumi.all([target, given]).apply(async ([{ scan, source }, values]): Promise<ProgramDecision> => {
    if (!isUnderMocks && runKind() === "takeDown") return pulumi.unknown as ProgramDecision;
    const file = await loadBaseline(isUnderMocks ? undefined : values.baseline);
    const accepted = await loadAccepted(isUnderMocks && typeof values.accept === "string" ? undefined : values.accept);
    const givenSettings: GateSettings = { ...values, accept: accepted.value };
    const decision = isUnderMocks
      ? mockedDecision(scan, givenSettings)
      : await decideGate(
          {
            scan,
            settings: givenSettings,
            settingsProblems: [...accepted.problems, ...file.problems],
            baseline: file.value,
            isPreview: pulumi.runtime.isDryRun(),
          },
          programPorts(source, gate),
        );
    if (decision.kind === "pending") {
      const { problem, status } = decision;
      const what = problem ?? `scan ${status?.scanId ?? ""} is ${status?.state ?? "not seen yet"}`;
      say("info", `the gate will wait for the scan's end, and then decide: ${what}`, gate);
      return pulumi.unknown as ProgramDecision;
    }
    return {
      ...redactedDecision(decision, file.value, secretsOf(source)),
      scanId: scan.scanId,
      findingCounts: (decision.kind === "asked" ? decision.question : decision.verdict).findingCounts,
      isAdvisory: values.advisory === true,
      status: decision.status,
      projectId: scan.projectId,
      service: source.owner,
    };
  });
}

/** Names a `Map` and the like, which no setting takes: the SDK's outputs make an empty object of it, as if there were no limit. */
function visibleSettings(settings: pulumi.Inputs): pulumi.Inputs {
  const visible = (value: unknown): unknown => {
    if (pulumi.Output.isInstance(value)) return value.apply(visible);
    if (isPromise(value)) return value.then(visible);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && !isPlainObject(value) ? Object.prototype.toString.call(value) : value;
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, visible(value)]));
}

const secretsOf = (source: ScanAddress): (string | undefined)[] => [
  ...programSecrets(),
  "webhook" in source ? source.webhook : undefined,
];

async function announceWait(gate: pulumi.Resource, target: pulumi.Output<GateTarget>): Promise<void> {
  if (await isKnown(target)) return;
  say("info", "the gate will wait for the scan that the deployment starts, and then decide", gate);
}

/**
 * Removes secrets from all texts of a decision: a scanned site may repeat whatever it was sent.
 *
 * @param baseline the fingerprints of a baseline that is a file
 */
export function redactedDecision(
  decision: Exclude<GateDecision, { kind: "pending" }>,
  baseline: readonly string[] | undefined,
  secrets: readonly (string | undefined)[],
): RedactedDecision {
  const redact = redactor(secrets);
  const clean = (text: string): string => plainLines(redact(text));
  const warnings = decision.warnings.map(clean);
  if (decision.kind === "asked") {
    return { verdict: undefined, question: questionText(decision.question, clean), table: undefined, warnings };
  }
  const { verdict, question } = decision;
  const table = question === undefined ? undefined : findingsTable(question, baseline);
  return {
    verdict: {
      ...verdict,
      message: clean(verdict.message),
      missingScanners: verdict.missingScanners.map((name) => shorten(clean(name))),
    },
    question: undefined,
    table: table === undefined ? undefined : plainTable(redact(table)),
    warnings,
  };
}

/** As much as the settings require; they may be invalid. */
function mockedCoverage({ minCoverage }: GateSettings): ScanCoverage | undefined {
  if (minCoverage === undefined) return undefined;
  const { pages = 1, operations = 0 } = minCoverage;
  return { pages, forms: 0, parameters: 1, operations: { tested: operations, specified: operations } };
}

/**
 * Decides under mocks, without a service, as about a scan that finished and found nothing. So the gate is open unless its
 * settings are invalid, or refuse such a scan.
 */
function mockedDecision(scan: Omit<GatedScan, "end">, settings: GateSettings): GateDecision {
  const judgement = judge(settings, {
    scan: {
      ...scan,
      end: { kind: "status", ...MOCKED_END, isLoginConfirmed: true, coverage: mockedCoverage(settings) },
    },
    findings: { findings: [], scanners: { ran: ["mocked"].concat(settings.requiredScanners ?? []) } },
    scannerErrors: [],
    baseline: [],
    now: new Date(0),
  });
  return { kind: "decided", ...judgement, status: { scanId: scan.scanId, ...MOCKED_END } };
}
