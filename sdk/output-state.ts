import * as pulumi from "@pulumi/pulumi";

/** What the SDK's outputs have at run time and its types leave out. */
interface OutputState<T> {
  isKnown: Promise<boolean>;
  promise: () => Promise<T>;
}

const stateOf = <T>(output: pulumi.Output<T>): OutputState<T> => output as unknown as OutputState<T>;

/** Whether an output has a value in this run; in a preview some have none. */
export const isKnown = (output: pulumi.Output<unknown>): Promise<boolean> => stateOf(output).isKnown;

/** An output's value, once it is there; undefined where it is unknown. Rejects where what it comes from failed. */
export const valueOf = <T>(output: pulumi.Output<T>): Promise<T> => stateOf(output).promise();

/**
 * An output's value without what the SDK knows of where it comes from: whoever uses it depends on none of those resources.
 * So a resource has the same dependencies in a preview, where there may be nothing yet to make the value of, and in the
 * deployment, which a saved plan holds to them. That it was a secret is lost too.
 */
export function detached<T>(output: pulumi.Output<T>): pulumi.Output<T> {
  const value = async (): Promise<T> => ((await isKnown(output)) ? valueOf(output) : (pulumi.unknown as T));
  return pulumi.output(value()) as pulumi.Output<T>;
}
