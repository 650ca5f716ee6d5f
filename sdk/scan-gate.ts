import * as pulumi from "@pulumi/pulumi";
import type { FindingCounts } from "../findings/severity";
import type { AcceptedFinding } from "../gate/rules/accepted-finding";
import { childName, childUrn } from "../gate/host/child-urn";
import { runKind } from "../gate/host/run-kind";
import { NO_VERDICT } from "../gate/host/settled-verdict";
import { isKeptInState, type GateSettings } from "../gate/rules/settings";
import { holdsBack, type Verdict } from "../gate/rules/verdict";
import { requireDirectDependency } from "../program/direct-dependency";
import { decideInProgram } from "../gate/program/decide-in-program";
import { gateTargetOf } from "../gate/program/gate-target";
import { VERDICT_TYPE, VerdictResource, handOver, settleVerdict } from "../gate/program/verdict";
import type { ScanStatus } from "../service/scan-status";
import type { Scan } from "./scan";
import { formerUrns } from "../program/former-urns";
import { sayError, reportedError } from "../program/log";
import { isMocked } from "../program/mocks";
import { type InputsOf, isKnown, valueOf } from "../program/outputs";
import { refusePlainApiKey } from "../program/settings";

/** When a gate is open; each as a plain value or an output. */
export type ScanGateSettings = InputsOf<Omit<GateSettings, "accept">> & {
  /**
   * Findings that do not count: a list, or the path of a YAML file with one, relative to the program's folder, which can be
   * reviewed. Each has a reason and a last day. @default none
   */
  accept?: pulumi.Input<readonly AcceptedFinding[] | string> | undefined;
};

/** The type token of a gate. */
export const SCAN_GATE_TYPE = "crashtest:index:ScanGate";

const formerVerdict = (formerUrn: string): string => childUrn(formerUrn, VERDICT_TYPE);

/** Which scan a gate is about: one of this program, or one that is given by its IDs. */
export type GateTargetArgs =
  | {
      /** The scan to wait for. */
      scan: Scan;
      projectId?: never;
      scanId?: never;
    }
  | {
      scan?: never;
      /** The project's ID: a whole number above 0 at Crashtest Security; letters, digits and hyphens at Veracode. */
      projectId: pulumi.Input<string | number>;
      /** The scan's ID, in the same form. As nobody can tell who started it, `acceptJoined` must be true, unless it is the output of a scan of this program. */
      scanId: pulumi.Input<string | number>;
    };

export type ScanGateArgs = GateTargetArgs & ScanGateSettings;

/**
 * Waits for a scan and decides whether the deployment continues. What names the gate in `dependsOn` waits for it, and is held
 * back if it closes; project and scan stay.
 *
 * - Every doubt closes it: no answer, a scan that failed, was stopped or joined, a missing report.
 * - A preview does not wait: the gate decides about a scan that has ended, and else is unknown.
 * - After an interruption the next run continues with the same scan.
 *
 * @example
 * const gate = new crashtest.ScanGate("safe", { scan, failOn: "high" });
 * new Promotion("live", { ... }, { dependsOn: [gate] });
 *
 * @example that lets some findings pass
 * new crashtest.ScanGate("safe", { scan, failOn: "medium", maxFindings: { medium: 3 }, accept: "accepted.yaml" });
 */
export class ScanGate extends pulumi.ComponentResource<void> {
  /** The project's ID, once the verdict is there; undefined with a webhook. Like the other outputs it holds nothing back. */
  readonly projectId: pulumi.Output<string | undefined>;
  /** The scan's ID, once the verdict is there: for `getFindings` and `getReport`, which need an ended scan. */
  readonly scanId: pulumi.Output<string>;
  /** Whether the verdict lets the deployment continue. */
  readonly passed: pulumi.Output<boolean>;
  /** What was decided, and why. */
  readonly verdict: pulumi.Output<Verdict>;
  /** What the service said last about the scan; undefined if it said nothing. */
  readonly status: pulumi.Output<ScanStatus | undefined>;
  /** All findings by severity, including accepted ones; undefined if no report could be read. */
  readonly findingCounts: pulumi.Output<FindingCounts | undefined>;

  readonly #isAdvisory: pulumi.Output<boolean>;
  readonly #isMocked: boolean;
  readonly #child: VerdictResource;

  /**
   * @param name the logical name, unique among the stack's gates
   * @param args the scan, and when the gate is open
   * @param opts Pulumi's resource options
   * @throws CrashtestError `ARGUMENT_INVALID` for arguments that name no scan, or two
   * @throws ConfigurationError if the API key is in plain-text configuration
   */
  constructor(name: string, args: ScanGateArgs, opts?: pulumi.ComponentResourceOptions) {
    requireDirectDependency();
    refusePlainApiKey();
    const { scan, projectId, scanId, ...settings } = args;
    const target = gateTargetOf({ scan, projectId, scanId });
    scan?.noteGate(settings.acceptJoined);
    // Registered at once, and without inputs that would delay it: its row shows the wait.
    super(SCAN_GATE_TYPE, name, {}, opts);
    this.#isMocked = isMocked();
    // Else the SDK does so after the wait, when the mocks may be those of the next test, which do not know this gate.
    if (this.#isMocked) this.registerOutputs();
    const decision = decideInProgram(this, target, settings);
    const keepsBaseline = pulumi.output(settings.baseline).apply((baseline) => isKeptInState(baseline) || undefined);
    this.#child = new VerdictResource(childName(name), decision.apply(handOver), keepsBaseline, {
      parent: this,
      aliases: formerUrns({ name, type: SCAN_GATE_TYPE }, opts).map((urn) => urn.apply(formerVerdict)),
    });
    this.verdict = settleVerdict(this, decision, this.#child);
    this.passed = this.verdict.apply(({ passed }) => passed);
    // Not from the verdict: a gate that closes with the help of the state has these all the same.
    this.findingCounts = this.#isMocked
      ? this.verdict.apply(({ findingCounts }) => findingCounts)
      : decision.apply(({ findingCounts }) => findingCounts);
    this.scanId = decision.apply(({ scanId }) => scanId);
    this.status = decision.apply(({ status }) => status);
    this.projectId = decision.apply((decided) => decided.projectId);
    this.#isAdvisory = pulumi.output(settings.advisory).apply((advisory) => advisory === true);
  }

  /** What depends on this component waits for this, even if `--target` or `--exclude` leave the child out. */
  protected override async initialize(): Promise<void> {
    // The constructor of the base class calls this, before there is anything to wait for.
    await Promise.resolve();
    await valueOf(this.#child.urn);
    if (pulumi.runtime.isDryRun() || (!this.#isMocked && runKind() === "takeDown")) return;
    const isAdvisory = (await valueOf(this.#isAdvisory)) as boolean | undefined;
    if (await isKnown(this.verdict)) {
      const verdict = await valueOf(this.verdict);
      if (holdsBack(verdict, isAdvisory === true)) await this.#holdBack(verdict.message);
    } else if (isAdvisory !== true) {
      await this.#holdBack(NO_VERDICT);
    }
  }

  #holdBack(message: string): Promise<never> {
    if (!this.#isMocked) return Promise.reject(reportedError(message));
    // A unit test cannot catch an error: there, what depends on the gate is just never registered. The logged error keeps the SDK
    // from reporting that as a mistake of the test.
    sayError(message, this);
    return new Promise(() => undefined);
  }
}
