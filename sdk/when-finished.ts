import * as pulumi from "@pulumi/pulumi";
import { CrashtestError } from "../provider/errors";
import type { InputsOf } from "./scan-reference";

/**
 * Calls a function with the values behind its arguments.
 *
 * In a preview the result is unknown where the scan still runs, as it would be where the scan is only to be started.
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
