import * as pulumi from "@pulumi/pulumi";

/**
 * Whether this program runs under `pulumi.runtime.setMocks`, as in a unit test: there the service is never asked.
 *
 * The SDK's mock monitor alone says so. It stands in the place of the engine's, so that nothing is deployed that a gate
 * could hold back; no variable and no missing engine does the same. It is known by its mocks and not by its class, of which
 * there are two where a test loads its modules anew.
 */
export function isMocked(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  if (typeof monitor !== "object" || monitor === null || !("mocks" in monitor)) return false;
  const { mocks } = monitor;
  return typeof mocks === "object" && mocks !== null && "newResource" in mocks;
}

/** The good end of a scan, which counts where mocks say nothing of it. */
export const MOCKED_END = { state: "finished", statusCode: 102 } as const;

/** An output that a service always gives; under mocks that do not give it, `byDefault`. */
export function orDefault<T>(output: pulumi.Output<T>, byDefault: pulumi.Input<T>): pulumi.Output<T> {
  if (!isMocked()) return output;
  return output.apply((given: unknown) => given ?? byDefault) as pulumi.Output<T>;
}

/**
 * What mocks answer for a function of this package, in the place of the service.
 *
 * @param name the function's, as in `crashtest:index:getFindings`
 * @param byDefault what counts for all that they leave out
 */
export async function askMocks<Answer extends object>(
  name: string,
  inputs: pulumi.Inputs,
  byDefault: Answer,
): Promise<Answer> {
  const answer = (await pulumi.runtime.invoke(`crashtest:index:${name}`, inputs)) as Partial<Answer>;
  return { ...byDefault, ...answer };
}
