import * as pulumi from "@pulumi/pulumi";
import { CrashtestError } from "../provider/errors";
import { digestOf } from "./digest";

/**
 * Values whose change asks for a new scan, as a list or by name: anything that JSON can say, plain or as an output.
 * State holds their digests only, by index or name, so that the engine's own diff names the one that changed.
 */
export type Triggers = pulumi.Input<unknown>[] | Record<string, pulumi.Input<unknown>>;

/** A digest for each trigger; one that is not known yet is unknown alone, and the digest of a secret is a secret. */
export function digestTriggers(triggers: Triggers): Record<string, pulumi.Output<string>> {
  const entries = Object.entries(triggers).map(([name, value]): [string, pulumi.Output<string>] => {
    refuseUnsupported(name, value);
    const output = pulumi.output(value) as pulumi.Output<unknown>;
    return [name, output.apply(digestOf)];
  });
  return Object.fromEntries(entries);
}

function refuseUnsupported(name: string, value: unknown): void {
  const isSupported = !(
    pulumi.Resource.isInstance(value) ||
    pulumi.asset.Asset.isInstance(value) ||
    pulumi.asset.Archive.isInstance(value) ||
    typeof value === "function"
  );
  if (isSupported) return;
  throw new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: `Trigger ${name} is a resource, an asset, an archive or a function, which a trigger cannot be`,
    remedy: "Give a value that changes with it: one of its outputs, or a digest of its content.",
  });
}
