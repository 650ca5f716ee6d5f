import * as pulumi from "@pulumi/pulumi";
import { isKnown } from "./output-state";

/**
 * An output that a resource's state need not have. Of one that it has not the SDK makes an unknown in each preview, also of
 * a resource that stays as it is, so that what is made from it would seem to change each time. Here it is undefined then.
 *
 * @param present an output that each state of the resource has: unknown only where the resource is yet to be made
 */
export function undefinedWhereAbsent<T>(
  output: pulumi.Output<T | undefined>,
  present: pulumi.Output<unknown>,
): pulumi.Output<T | undefined> {
  if (!pulumi.runtime.isDryRun()) return output;
  return present.apply(async () => ((await isKnown(output)) ? output : undefined)) as pulumi.Output<T | undefined>;
}
