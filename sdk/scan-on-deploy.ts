import * as pulumi from "@pulumi/pulumi";
import type { Verdict } from "../gate/rules/verdict";
import { CrashtestError } from "../errors/errors";
import type { WhenRunning } from "../provider/lifecycle/scan-start";
import { DeploymentMark } from "./triggers/deployment-mark";
import { type AliasOptions, formerUrns, siblingUrn } from "../program/former-urns";
import { SCAN_TYPE, Scan, type ScanArgs, type ScanSettings, type ScanTargetArgs } from "./scan";
import { SCAN_GATE_TYPE, ScanGate, type ScanGateSettings } from "./scan-gate";
import type { TriggerRecord } from "./triggers/triggers";

/** A scan of what was deployed, and a gate on it. */
export interface ScanOnDeploySettings extends Omit<ScanSettings, "whenRunning"> {
  /** A gate on the scan: `true`, or its settings. @default no gate: nothing waits for the scan */
  gate?: boolean | ScanGateSettings | undefined;
  /**
   * As for a `Scan`. @default "restart" with a gate, which would refuse a scan that somebody else started; "join" without one,
   * and with a webhook, which cannot stop a scan
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
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` if no gate is configured
   */
  readonly gate: ScanGate;
  readonly scanId: pulumi.Output<string>;
  /** @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` if no gate is configured */
  readonly verdict: pulumi.Output<Verdict>;
}

/** The two halves of a hook. */
export interface ScanOnDeploy {
  /** Bind them to resources of any provider: `{ hooks: onDeploy.hooks }`. They only mark that a resource was deployed. */
  readonly hooks: pulumi.ResourceHookBinding;
  /**
   * Scans once all these resources are deployed, if one of them was created or changed; otherwise the outputs keep the last
   * deployment's values. Call it once.
   *
   * @param resources all resources that the hooks are bound to, as a hook cannot know which is the last. No components
   * @throws CrashtestError `ARGUMENT_INVALID` without a resource, for a component, if one that has the hooks is missing, and
   * when it is called again
   */
  after(resources: readonly pulumi.Resource[]): DeployedScan;
}

/**
 * A scan as a hook on resources of any provider. Needs a Pulumi CLI with resource hooks (3.182 or newer).
 *
 * If an update changes no output of a resource, and the run ends before it tries to start the scan, the next run does not scan
 * it.
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
      if (isUsed || resources.length === 0) {
        throw new CrashtestError({
          code: "ARGUMENT_INVALID",
          problem: `scanOnDeploy("${name}"): after() ${isUsed ? "was already called, and starts one scan only" : "needs at least one resource"}`,
          remedy: "Call it once, with all the resources that the hooks are bound to.",
        });
      }
      isUsed = true;
      const triggers = { ...ownTriggers(name, args.triggers), ...mark.triggersOf(resources) };
      const dependsOn = pulumi
        .output(opts?.dependsOn ?? [])
        .apply((given) => [...[given].flat(), ...resources] as pulumi.Resource[]);
      return deployScan(name, { ...args, triggers }, { ...opts, dependsOn }, beside(opts));
    },
  };
}

/** Returns the options of a resource that stands beside another one. */
const beside = ({ parent }: AliasOptions = {}): AliasOptions => (parent === undefined ? {} : { parent });

const SCAN_SUFFIX = "-scan";
const GATE_SUFFIX = "-gate";

/** Makes scan and gate, for options and hooks alike. */
function deployScan(
  name: string,
  args: ScanOnDeployArgs,
  opts: pulumi.CustomResourceOptions,
  gateOpts: AliasOptions,
): DeployedScan {
  const { gate: gateSettings, ...scanArgs } = args;
  const settings = gateSettings === true ? {} : gateSettings;
  const whenRunning = args.whenRunning ?? (settings && args.webhook === undefined ? "restart" : undefined);
  const scan = new Scan(
    `${name}${SCAN_SUFFIX}`,
    { ...scanArgs, ...(whenRunning !== undefined && { whenRunning }) } as ScanArgs,
    opts,
  );
  const gate = settings && new ScanGate(`${name}${GATE_SUFFIX}`, { scan, ...settings }, gateOpts);
  const requireGate = (): ScanGate => {
    if (gate) return gate;
    throw new CrashtestError({
      code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
      problem: `The scan of "${name}" has no gate`,
      remedy: "Set gate: true, or its settings, in scanOnDeploy.",
    });
  };
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

/**
 * Scans a project if `scanOnDeploy` asks for it. Scan and gate stand beside the project: what depends on a component around them
 * would not wait for its children. An alias of the project leads to theirs: of one that was named `OLD`, to `OLD-scan` and
 * `OLD-gate`.
 *
 * @param project its logical name and type token
 * @returns gets the scan; throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` if the project has none
 */
export function scanOfProject(
  project: { name: string; type: string },
  projectId: pulumi.Output<string>,
  settings: true | ScanOnDeploySettings | undefined,
  opts: AliasOptions | undefined,
): () => DeployedScan {
  const optionsOf = (type: string, suffix: string): AliasOptions => ({
    ...beside(opts),
    aliases: formerUrns(project, opts).map((urn) => urn.apply((former) => siblingUrn(former, type, suffix))),
  });
  // JavaScript can say false, which asks for no scan.
  const args = settings && { projectId, ...(settings === true ? {} : settings) };
  const deployed =
    args && deployScan(project.name, args, optionsOf(SCAN_TYPE, SCAN_SUFFIX), optionsOf(SCAN_GATE_TYPE, GATE_SUFFIX));
  return () => {
    if (deployed) return deployed;
    throw new CrashtestError({
      code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
      problem: `Project "${project.name}" has no scan`,
      remedy: "Set scanOnDeploy: true on it, or declare a separate Scan.",
    });
  };
}

/** The user's triggers, a list by index, as states hold it. Names that begin with "$" are reserved for the hook's. */
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
