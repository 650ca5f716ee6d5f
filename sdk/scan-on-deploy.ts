import * as pulumi from "@pulumi/pulumi";
import type { Verdict } from "../findings/gate/verdict";
import { CrashtestError } from "../provider/errors";
import type { WhenRunning } from "../provider/lifecycle/scan-start";
import { DeploymentMark } from "./deployment-mark";
import { Scan, type ScanArgs, type ScanSettings, type ScanTargetArgs } from "./scan";
import { ScanGate, type ScanGateSettings } from "./scan-gate";
import type { TriggerRecord } from "./triggers";

/** A scan of what was deployed, and a gate on it. */
export interface ScanOnDeploySettings extends Omit<ScanSettings, "whenRunning"> {
  /** A gate on the scan: `true`, or its settings. @default no gate: nobody waits for the scan */
  gate?: boolean | ScanGateSettings | undefined;
  /**
   * As for a `Scan`. @default "restart" where there is a gate, which a scan that somebody else started would close; "join"
   * without one, and with a webhook, which cannot stop a scan
   */
  whenRunning?: pulumi.Input<WhenRunning> | undefined;
}

/** What is scanned after a deployment, and when the gate is open. */
export type ScanOnDeployArgs = ScanTargetArgs & ScanOnDeploySettings;

/** The parts of a scan on deploy. */
export interface DeployedScan {
  readonly scan: Scan;
  /**
   * What dependents name in `dependsOn`.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` where no gate is configured
   */
  readonly gate: ScanGate;
  readonly scanId: pulumi.Output<string>;
  /** @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` where no gate is configured */
  readonly verdict: pulumi.Output<Verdict>;
}

/** The two halves of a hook. */
export interface ScanOnDeploy {
  /** To bind to resources of any provider: `{ hooks: onDeploy.hooks }`. They only mark that a resource was deployed. */
  readonly hooks: pulumi.ResourceHookBinding;
  /**
   * Scans once all these resources are deployed, if one of them was created or changed; otherwise the outputs keep the last
   * deployment's values. To be called once.
   *
   * @param resources all resources that the hooks are bound to; which is the last a hook cannot know. No components
   * @throws CrashtestError `ARGUMENT_INVALID` without a resource, for a component, where one that has the hooks is missing,
   * and when it is called again
   */
  after(resources: readonly pulumi.Resource[]): DeployedScan;
}

/**
 * A scan as a hook on resources of any provider. Needs a Pulumi CLI with resource hooks (3.182 or newer).
 *
 * An update that changes no output of a resource, and after which the run ends before the scan's start is tried, is not
 * scanned by the next run.
 *
 * @param name the logical name; the scan is `NAME-scan`, the gate `NAME-gate`
 *
 * @example
 * const onDeploy = crashtest.scanOnDeploy("web", { projectId: shop.projectId, gate: { failOn: "high" } });
 * const web = new aws.ecs.Service("web", { ... }, { hooks: onDeploy.hooks });
 * const { scanId, gate } = onDeploy.after([web]);
 */
export function scanOnDeploy(name: string, args: ScanOnDeployArgs, opts?: pulumi.CustomResourceOptions): ScanOnDeploy {
  const mark = new DeploymentMark(name);
  let isUsed = false;
  return {
    hooks: mark.hooks,
    after(resources) {
      if (isUsed || resources.length === 0) throw misuse(name, isUsed);
      isUsed = true;
      const triggers = { ...ownTriggers(name, args.triggers), ...mark.triggersOf(resources) };
      return deployScan(name, { ...args, triggers }, { ...opts, dependsOn: allOf(opts?.dependsOn, resources) });
    },
  };
}

/** Puts scan and gate together: the one way in which options and hooks make them. */
export function deployScan(name: string, args: ScanOnDeployArgs, opts: pulumi.CustomResourceOptions): DeployedScan {
  const { gate: gateSettings, ...scanArgs } = args;
  const hasGate = gateSettings !== undefined && gateSettings !== false;
  const whenRunning = args.whenRunning ?? (hasGate && args.webhook === undefined ? "restart" : undefined);
  const scan = new Scan(
    `${name}-scan`,
    { ...scanArgs, ...(whenRunning !== undefined && { whenRunning }) } as ScanArgs,
    opts,
  );
  const settings = gateSettings === true ? {} : gateSettings;
  const gate = settings ? new ScanGate(`${name}-gate`, { scan, ...settings }, gateOptions(opts)) : undefined;
  const requireGate = (): ScanGate => gate ?? refuseGate(name);
  return {
    scan,
    scanId: scan.scanId,
    get gate() {
      return requireGate();
    },
    get verdict() {
      return requireGate().verdict;
    },
  };
}

const gateOptions = ({ parent }: pulumi.CustomResourceOptions): pulumi.ComponentResourceOptions =>
  parent === undefined ? {} : { parent };

function refuseGate(name: string): never {
  throw new CrashtestError({
    code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
    problem: `The scan of "${name}" has no gate`,
    remedy: "Set gate: true, or its settings, in scanOnDeploy.",
  });
}

/** The user's triggers, a list by index, as states hold it. Names that begin with "$" are those of the hook. */
function ownTriggers(name: string, triggers: ScanSettings["triggers"]): TriggerRecord {
  const entries = Object.entries(triggers ?? {});
  const taken = entries.find(([trigger]) => trigger.startsWith("$"));
  if (taken === undefined) return Object.fromEntries(entries);
  throw new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: `scanOnDeploy("${name}"): trigger ${taken[0]} has a name that begins with "$"`,
    remedy: "Give it another name.",
  });
}

type Dependencies = NonNullable<pulumi.CustomResourceOptions["dependsOn"]>;

const allOf = (given: Dependencies | undefined, resources: readonly pulumi.Resource[]): Dependencies =>
  pulumi.output(given ?? []).apply((known) => [...[known].flat(), ...resources] as pulumi.Resource[]);

const misuse = (name: string, isUsed: boolean): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: `scanOnDeploy("${name}"): after() ${isUsed ? "was called before, and makes one scan" : "needs at least one resource"}`,
    remedy: "Call it once, with all the resources that the hooks are bound to.",
  });
