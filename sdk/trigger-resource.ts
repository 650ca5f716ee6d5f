import * as pulumi from "@pulumi/pulumi";

/**
 * What a resource gives out: its own properties that are outputs, `id` among them, and without `urn`, which says nothing
 * about a change. Empty for a component that holds none.
 */
export function outputsOf(resource: pulumi.Resource): [string, pulumi.Output<unknown>][] {
  const properties = Object.entries(resource) as [string, unknown][];
  return properties.filter(
    (property): property is [string, pulumi.Output<unknown>] =>
      property[0] !== "urn" && !property[0].startsWith("__") && pulumi.Output.isInstance(property[1]),
  );
}

/**
 * Whether a resource's state has an output. Of one that it has not, such as an input that its provider never gives back,
 * the SDK makes in a deployment the input's value, and in a preview an unknown: a digest with it would change each time.
 */
export function heldBy(resource: pulumi.Resource): pulumi.Output<(property: string) => boolean> {
  const hasAll = (): boolean => true;
  if (!pulumi.CustomResource.isInstance(resource) || pulumi.runtime.isDryRun()) return pulumi.output(hasAll);
  return resource.urn.apply(async (urn) => {
    const names = await namesInState(urn);
    return (property) => property === "id" || names === undefined || names.has(property);
  });
}

/** As the SDK itself asks for what a reference to a resource leads to; undefined where an engine does not say. */
async function namesInState(urn: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const { state } = (await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })) as { state: object };
    return new Set(Object.keys(state));
  } catch {
    return undefined;
  }
}

/**
 * An empty text that stands for the digest of a whole resource until `check` puts that in its place. It is a secret where
 * one of these outputs is, since the engine then keeps what comes in its place secret. It is known also where they are not.
 */
export function placeholderFor(outputs: readonly pulumi.Output<unknown>[]): pulumi.Output<string> {
  const areSecret = Promise.all(outputs.map((output) => pulumi.isSecret(output)));
  return pulumi.output(areSecret.then((each) => (each.includes(true) ? pulumi.secret("") : "")));
}
