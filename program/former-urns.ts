import * as pulumi from "@pulumi/pulumi";

/** The options of a resource that say what it was called before. */
export type AliasOptions = Pick<pulumi.ResourceOptions, "aliases" | "parent">;

/**
 * Returns the URNs that a resource had, by its aliases.
 *
 * @param now its logical name and type token now
 */
export function formerUrns(
  now: { name: string; type: string },
  { aliases = [], parent }: AliasOptions = {},
): pulumi.Output<string>[] {
  return aliases.map((given) =>
    pulumi
      .output(given)
      .apply((alias) => (typeof alias === "string" ? pulumi.output(alias) : formerUrn(now, alias, parent))),
  );
}

/** What an alias leaves out is as it is now; a parent that is given as undefined is the stack. */
const formerUrn = (
  now: { name: string; type: string },
  alias: pulumi.Unwrap<pulumi.Alias>,
  parent: pulumi.Resource | undefined,
): pulumi.Output<string> =>
  pulumi.createUrn(
    alias.name ?? now.name,
    alias.type ?? now.type,
    "parent" in alias ? alias.parent : parent,
    alias.project,
    alias.stack,
  );

/** Returns the URN of a resource beside another one, with the same parents and with a suffix to the other's name. */
export function siblingUrn(urn: string, type: string, nameSuffix: string): string {
  const [stack = "", project = "", types = "", ...name] = urn.split("::");
  const parentTypes = types.split("$").slice(0, -1);
  return [stack, project, [...parentTypes, type].join("$"), name.join("::") + nameSuffix].join("::");
}
