import * as pulumi from "@pulumi/pulumi";

/**
 * Whether this program runs under `pulumi.runtime.setMocks`, as in a unit test, where no request is sent to the service.
 *
 * Only the SDK's mock monitor tells so: it replaces the engine's, so nothing is deployed that a gate could hold back, which no
 * variable and no missing engine guarantees. It is recognized by its mocks, since its class exists twice where a test reloads
 * modules.
 */
export function isMocked(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  if (typeof monitor !== "object" || monitor === null || !("mocks" in monitor)) return false;
  const { mocks } = monitor;
  return typeof mocks === "object" && mocks !== null && "newResource" in mocks;
}

/** The end of a scan where mocks provide none. */
export const MOCKED_END = { state: "finished", statusCode: 102 } as const;

/**
 * Calls the mocks for a function of this package, in place of the service.
 *
 * @param name the function's, as in `crashtest:index:getFindings`
 * @param byDefault the values of what they leave out
 */
export async function askMocks<Answer extends object>(
  name: string,
  inputs: pulumi.Inputs,
  byDefault: Answer,
): Promise<Answer> {
  const answer = (await pulumi.runtime.invoke(`crashtest:index:${name}`, inputs)) as Partial<Answer>;
  return { ...byDefault, ...answer };
}
