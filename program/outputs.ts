import * as pulumi from "@pulumi/pulumi";
import { CrashtestError } from "../errors/errors";
import { isMocked } from "./mocks";

/** What the SDK's outputs have at run time although their type does not say so. */
interface OutputState<T> {
  isKnown: Promise<boolean>;
  promise: () => Promise<T>;
  resources: () => ReadonlySet<pulumi.Resource>;
}

const stateOf = <T>(output: pulumi.Output<T>): OutputState<T> => output as unknown as OutputState<T>;

/** Whether an output has a value in this run; in a preview it may be unknown. */
export const isKnown = (output: pulumi.Output<unknown>): Promise<boolean> => stateOf(output).isKnown;

/** Returns an output's value once it is available; undefined where it is unknown. Rejects where its source failed. */
export const valueOf = <T>(output: pulumi.Output<T>): Promise<T> => stateOf(output).promise();

/** Returns the resources that a value comes from; empty for one that is no output. */
export const resourcesOf = (value: unknown): readonly pulumi.Resource[] =>
  pulumi.Output.isInstance(value) ? [...stateOf(value).resources()] : [];

/**
 * Returns an output with the same value but without its dependencies. So a resource that uses it has the same dependencies in a
 * preview, where their resources may not exist yet, and in the deployment, as a saved plan requires. The value is no longer
 * marked as a secret either.
 */
export function detached<T>(output: pulumi.Output<T>): pulumi.Output<T> {
  const value = async (): Promise<T> => ((await isKnown(output)) ? valueOf(output) : (pulumi.unknown as T));
  return pulumi.output(value()) as pulumi.Output<T>;
}

/**
 * Repairs the outputs of a resource:
 *
 * - the SDK makes an output that is absent from the state unknown in each preview, even if the resource does not change, so that
 *   what depends on it would seem to change each time. It becomes undefined;
 * - an output that mocks do not provide, but a service always does, gets a default.
 *
 * @param always the outputs that each state of the resource has, with their defaults under mocks; in a preview they are unknown
 * only if the resource is yet to be created
 * @param optional the outputs that may be absent from a state
 */
export function repairOutputs<R extends pulumi.Resource>(
  resource: R,
  always: { readonly [Name in keyof R]?: unknown },
  optional: readonly (keyof R)[],
): void {
  const outputs = resource as Record<keyof R, pulumi.Output<unknown>>;
  const names = Object.keys(always) as (keyof R)[];
  const present = names[0] === undefined ? resource.urn : outputs[names[0]];
  for (const name of optional) outputs[name] = undefinedWhereAbsent(outputs[name], present);
  if (!isMocked()) return;
  for (const name of names) outputs[name] = outputs[name].apply((given) => given ?? always[name]);
}

function undefinedWhereAbsent(output: pulumi.Output<unknown>, present: pulumi.Output<unknown>): pulumi.Output<unknown> {
  if (!pulumi.runtime.isDryRun()) return output;
  return present.apply(async () => ((await isKnown(output)) ? output : undefined));
}

/** A `T` whose properties may be outputs. */
export type InputsOf<T> = T extends object ? { [Name in keyof T]: pulumi.Input<T[Name]> } : never;

/**
 * Calls a function with the values of its arguments.
 *
 * In a preview the result is unknown while the scan is running, as it is for a scan that is yet to be started.
 */
export function whenFinished<Args, Result>(
  args: InputsOf<Args>,
  call: (args: Args) => Promise<Result>,
): pulumi.Output<Result> {
  const values = pulumi.output(args) as pulumi.Output<unknown>;
  return values.apply(async (value): Promise<Result> => {
    try {
      return await call(value as Args);
    } catch (error) {
      const isPending =
        error instanceof CrashtestError && error.code === "SCAN_NOT_FINISHED" && pulumi.runtime.isDryRun();
      if (isPending) return pulumi.unknown as Result;
      throw error;
    }
  });
}
