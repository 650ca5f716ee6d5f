import type * as pulumi from "@pulumi/pulumi";

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
