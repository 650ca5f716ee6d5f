import * as pulumi from "@pulumi/pulumi";
import { TYPE_MODULE } from "../../provider/dynamic/provider-text";
import { childUrn } from "../host/child-urn";

/**
 * Returns the URNs that a gate's child had, by the aliases of its gate.
 *
 * @param gate the gate's logical name and type token now
 */
export function formerVerdicts(
  gate: { name: string; type: string },
  { aliases = [], parent }: Pick<pulumi.ComponentResourceOptions, "aliases" | "parent"> = {},
): pulumi.Output<string>[] {
  return aliases.map((given) =>
    pulumi.output(given).apply((alias) => {
      const urn = typeof alias === "string" ? pulumi.output(alias) : formerUrn(gate, alias, parent);
      return urn.apply((former) => childUrn(former, `${TYPE_MODULE}:Verdict`));
    }),
  );
}

/** What an alias leaves out is as it is now; a parent that is given as undefined is the stack. */
const formerUrn = (
  gate: { name: string; type: string },
  alias: pulumi.Unwrap<pulumi.Alias>,
  parent: pulumi.Resource | undefined,
): pulumi.Output<string> =>
  pulumi.createUrn(
    alias.name ?? gate.name,
    alias.type ?? gate.type,
    "parent" in alias ? alias.parent : parent,
    alias.project,
    alias.stack,
  );
