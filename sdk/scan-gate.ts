import * as pulumi from "@pulumi/pulumi";
import type { FindingCounts } from "../findings/severity";
import type { AcceptedFinding } from "../findings/gate/accepted-finding";
import { isKeptInState, type GateSettings } from "../findings/gate/settings";
import { holdsBack, type Verdict } from "../findings/gate/verdict";
import { requireDirectDependency } from "./direct-dependency";
import { decideInProgram } from "./gate/decide-in-program";
import { gateTargetOf, type GateTargetArgs } from "./gate/gate-target";
import { runKind } from "./gate/run-kind";
import { handOver, settleVerdict } from "./gate/settle-verdict";
import { VerdictResource } from "./gate/verdict-resource";
import type { ScanStatus } from "./get-scan-status";
import { sayError, toldError } from "./log";
import { isMocked } from "./mocks";
import { isKnown, valueOf } from "./output-state";
import type { InputsOf } from "./scan-reference";
import { refusePlainApiKey } from "./settings";

/** When a gate is open; each as a plain value or an output. */
export type ScanGateSettings = InputsOf<Omit<GateSettings, "accept">> & {
  /**
   * Findings that do not count: a list, or the path of a YAML file with one, from the program's folder, so that it can be
   * reviewed. Each has a reason and a last day. Not with a webhook. @default none
   */
  accept?: pulumi.Input<readonly AcceptedFinding[] | string> | undefined;
};

export type ScanGateArgs = GateTargetArgs & ScanGateSettings;

/**
 * Waits for a scan and decides whether the deployment goes on. What names the gate in `dependsOn` waits for it, and is
 * held back where it closes; project and scan stay.
 *
 * - Whatever is doubtful closes it: no answer, a scan that failed, was stopped or joined, a report that is missing.
 * - In a preview it waits for nothing: it decides about a scan that has ended, and else is unknown.
 * - A run that is interrupted goes on with the same scan the next time.
 *
 * @example
 * const gate = new crashtest.ScanGate("safe", { scan, failOn: "high" });
 * new Promotion("live", { ... }, { dependsOn: [gate] });
 *
 * @example with some findings let pass
 * new crashtest.ScanGate("safe", { scan, failOn: "medium", maxFindings: { medium: 3 }, accept: "accepted.yaml" });
 */
export class ScanGate extends pulumi.ComponentResource<void> {
  /** The project's ID, once the verdict is there; undefined with a webhook. Like the others it holds nothing back. */
  readonly projectId: pulumi.Output<string | undefined>;
  /** The scan's ID, once the verdict is there: for `getFindings` and `getReport`, which need an ended scan. */
  readonly scanId: pulumi.Output<string>;
  /** Whether the verdict lets the deployment go on. */
  readonly passed: pulumi.Output<boolean>;
  /** What was decided, and why. */
  readonly verdict: pulumi.Output<Verdict>;
  /** What the service said last of the scan; undefined where it said nothing. */
  readonly status: pulumi.Output<ScanStatus | undefined>;
  /** All findings by severity, accepted ones too; undefined where no report could be read. */
  readonly findingCounts: pulumi.Output<FindingCounts | undefined>;

  readonly #isAdvisory: pulumi.Output<boolean>;
  readonly #isMocked: boolean;
  readonly #child: VerdictResource;

  /**
   * @param name the logical name, unique among the stack's gates
   * @param args the scan, and when the gate is open
   * @param opts Pulumi's resource options
   * @throws CrashtestError `ARGUMENT_INVALID` for arguments that name no scan, or two
   * @throws ConfigurationError where the API key stands in plain configuration
   */
  constructor(name: string, args: ScanGateArgs, opts?: pulumi.ComponentResourceOptions) {
    requireDirectDependency();
    refusePlainApiKey();
    const { scan, projectId, scanId, ...settings } = args;
    const target = gateTargetOf({ scan, projectId, scanId } as GateTargetArgs);
    scan?.noteGate(settings.acceptJoined);
    /** Registered at once, and with nothing that has to be waited for: its row shows the wait. */
    super("crashtest:index:ScanGate", name, {}, opts);
    this.#isMocked = isMocked();
    /** Else the SDK does so after the wait, when mocks of the next test may be there, which do not know this gate. */
    if (this.#isMocked) this.registerOutputs();
    const decision = decideInProgram(this, target, settings);
    const keepsBaseline = pulumi.output(settings.baseline).apply((baseline) => isKeptInState(baseline) || undefined);
    this.#child = new VerdictResource(`${name}-verdict`, decision.apply(handOver), keepsBaseline, { parent: this });
    this.verdict = settleVerdict(this, decision, this.#child);
    this.passed = this.verdict.apply(({ passed }) => passed);
    /** Not by the verdict: where the state is needed for that, and the gate is closed, these are there all the same. */
    this.findingCounts = this.#isMocked
      ? this.verdict.apply(({ findingCounts }) => findingCounts)
      : decision.apply(({ findingCounts }) => findingCounts);
    this.scanId = decision.apply(({ scanId }) => scanId);
    this.status = decision.apply(({ status }) => status);
    this.projectId = decision.apply((decided) => decided.projectId);
    this.#isAdvisory = pulumi.output(settings.advisory).apply((advisory) => advisory === true);
  }

  /** What depends on this component waits for this, whatever the command leaves out: `--target` and `--exclude` do. */
  protected override async initialize(): Promise<void> {
    /** Called by the constructor of the base class, before there is anything to wait for. */
    await Promise.resolve();
    await valueOf(this.#child.urn);
    if (pulumi.runtime.isDryRun() || (!this.#isMocked && runKind() === "takeDown")) return;
    const isAdvisory = (await valueOf(this.#isAdvisory)) as boolean | undefined;
    if (!(await isKnown(this.verdict))) {
      if (isAdvisory !== true) {
        await this.#holdBack("gate closed: there is no verdict, since its scan is not part of this run.");
      }
      return;
    }
    const verdict = await valueOf(this.verdict);
    if (holdsBack(verdict, isAdvisory === true)) await this.#holdBack(verdict.message);
  }

  #holdBack(message: string): Promise<never> {
    if (!this.#isMocked) return Promise.reject(toldError(message));
    /**
     * An error would fail a unit test, which cannot catch it: there what depends on the gate just never comes. Nor does the
     * SDK, once it has told of an error, take that for a mistake of the test.
     */
    sayError(message, this);
    return new Promise(() => undefined);
  }
}
