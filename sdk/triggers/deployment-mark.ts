import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { CrashtestError } from "../../errors/errors";
import { DEPLOYED, KEEP } from "../../provider/lifecycle/triggers";
import { isMocked } from "../../program/mocks";
import { TokenTrigger, type TriggerRecord } from "./triggers";

/**
 * Knows whether one of some resources was created or changed in this run.
 *
 * The engine forgets a hook that fails or waits, so it only marks; the scan that depends on the resources then takes a token as
 * a trigger: after a mark a new one, unknown in a preview, and else the one that it has. If the run ends before the scan
 * starts, the mark is lost; the digests of the resources' outputs make up for that.
 */
export class DeploymentMark {
  readonly hooks: pulumi.ResourceHookBinding;
  readonly #name: string;
  /** The resources that have the hooks. */
  readonly #bound = new Set<pulumi.Resource>();
  #listed: readonly pulumi.Resource[] | undefined;
  #isMarked = false;

  constructor(name: string) {
    this.#name = name;
    // The SDK's mocks have no hooks.
    const mark = isMocked() ? undefined : this.#newMark();
    this.hooks = mark === undefined ? {} : { afterCreate: [mark], afterUpdate: [mark] };
    // Without a stack there is no resource that could be forgotten.
    if (mark === undefined || pulumi.runtime.getStackResource() === undefined) return;
    pulumi.runtime.registerStackTransformation(({ resource, opts }) => {
      if (isBoundBy(mark, opts)) this.#bind(resource);
      return undefined;
    });
  }

  /**
   * Returns the triggers of a scan after these resources: the mark, and each resource. Their names begin with "$", unlike the
   * user's.
   *
   * @throws CrashtestError `ARGUMENT_INVALID` for a component, which is there before its children, and for a resource that has
   * the hooks and is not listed: its changes would not be scanned
   */
  triggersOf(resources: readonly pulumi.Resource[]): TriggerRecord {
    const component = resources.find((resource) => pulumi.ComponentResource.isInstance(resource));
    if (component !== undefined) {
      throw this.#misuse(
        `${pulumi.resourceName(component)} is a component`,
        "List the resources in it that are deployed, and bind the hooks to those.",
      );
    }
    this.#listed = resources;
    for (const resource of this.#bound) this.#requireListed(resource);
    const areDeployed = pulumi.all(resources.map(({ urn }) => urn));
    const token = areDeployed.apply((): string => {
      if (!this.#isMarked) return KEEP;
      return pulumi.runtime.isDryRun() ? (pulumi.unknown as string) : randomUUID();
    });
    return { [DEPLOYED]: new TokenTrigger(token), ...byName(resources) };
  }

  #newMark(): pulumi.ResourceHook {
    const mark = (): void => {
      this.#isMarked = true;
    };
    return new pulumi.ResourceHook(`crashtest-scan-on-deploy-${this.#name}`, mark, { onDryRun: true });
  }

  #bind(resource: pulumi.Resource): void {
    this.#bound.add(resource);
    // Not at once: the SDK would blame the resource, which is not there yet, and lose the message.
    queueMicrotask(() => {
      this.#requireListed(resource);
    });
  }

  #requireListed(resource: pulumi.Resource): void {
    if (this.#listed === undefined || this.#listed.includes(resource)) return;
    throw this.#misuse(
      `${pulumi.resourceName(resource)} has the hooks and is not listed in after()`,
      "List all resources that the hooks are bound to, and call after() when they are all there.",
    );
  }

  #misuse(problem: string, remedy: string): CrashtestError {
    return new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `scanOnDeploy("${this.#name}"): ${problem}`,
      remedy,
    });
  }
}

const isBoundBy = (mark: pulumi.ResourceHook, { hooks }: pulumi.ResourceOptions): boolean =>
  [hooks?.afterCreate, hooks?.afterUpdate].some((list) => list?.includes(mark) === true);

/** Names resources by their logical names, with the index if a resource of another type has the same one. */
function byName(resources: readonly pulumi.Resource[]): TriggerRecord {
  const triggers: TriggerRecord = {};
  for (const [index, resource] of resources.entries()) {
    const name = `$resource:${pulumi.resourceName(resource)}`;
    triggers[name in triggers ? `$resource#${index}:${pulumi.resourceName(resource)}` : name] = resource;
  }
  return triggers;
}
