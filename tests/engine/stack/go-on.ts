import type { TestService } from "./service";
import type { Stack } from "./stack";

/** Tells whether the service was asked for a path with this end. */
export const wasAsked = async (service: TestService, end: string): Promise<boolean> =>
  (await service.requests()).some(({ path }) => path.endsWith(end));

/** Runs the next `up`, which finds a scan still running, and in which that ends. Gives what it printed. */
export async function goOnAndEndScan(service: TestService, stack: Stack): Promise<string> {
  await service.clearFaults();
  await service.takeLog();
  const run = stack.startUp();
  await service.until(() => wasAsked(service, "/status"));
  await service.advance(4_000);
  const { exitCode, output } = await run.ended;
  expect([exitCode, output]).toEqual([0, expect.anything()]);
  return output;
}
