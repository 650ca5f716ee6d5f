import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { KEEP } from "../provider/lifecycle/triggers";
import { outputsOf } from "./trigger-resource";
import { DEPLOYED, TokenTrigger, type TriggerRecord } from "./triggers";

/**
 * Tells whether one of some resources was created or changed in this run.
 *
 * A hook that fails or waits would be forgotten by the engine, so it only marks; the scan that depends on the resources
 * then takes a token as a trigger: a new one after a mark, unknown in a preview, and else the one that it has. A mark is
 * lost where the run ends before the scan starts, which the digests of the resources' outputs make good.
 */
export class DeploymentMark {
  readonly hooks: pulumi.ResourceHookBinding;
  #isMarked = false;

  constructor(name: string) {
    const mark = new pulumi.ResourceHook(
      `crashtest-scan-on-deploy-${name}`,
      () => {
        this.#isMarked = true;
      },
      { onDryRun: true },
    );
    this.hooks = { afterCreate: [mark], afterUpdate: [mark] };
  }

  /**
   * The triggers of a scan after these resources: the mark, and a digest for each resource that has outputs. Their names
   * begin with "$", so that they meet none of the user's.
   */
  triggersOf(resources: readonly pulumi.Resource[]): TriggerRecord {
    const areDeployed = pulumi.all(resources.map(({ urn }) => urn));
    const token = areDeployed.apply((): string => {
      if (!this.#isMarked) return KEEP;
      return pulumi.runtime.isDryRun() ? (pulumi.unknown as string) : randomUUID();
    });
    const withOutputs = resources.filter((resource) => outputsOf(resource).length > 0);
    return { [DEPLOYED]: new TokenTrigger(token), ...byName(withOutputs) };
  }
}

/** By logical name; of two that have one name, of different types, the later has its place added. */
function byName(resources: readonly pulumi.Resource[]): TriggerRecord {
  const triggers: TriggerRecord = {};
  for (const [index, resource] of resources.entries()) {
    const name = `$${pulumi.resourceName(resource)}`;
    triggers[name in triggers ? `${name}#${index}` : name] = resource;
  }
  return triggers;
}
