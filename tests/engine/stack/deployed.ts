import type { LoggedRequest } from "crashtest-local";
import type { TestService } from "./service";
import { Stack } from "./stack";

/** What the first `up` of a program left: its state, and what it asked the service for. */
interface Deployment {
  /** Of the service, which the state names. */
  url: string;
  state: string;
  requests: readonly LoggedRequest[];
}

/** By program. */
const deployments = new Map<string, Deployment>();

/**
 * A stack after the first `up` of its program. That is run once for all tests of a file that begin with the same program;
 * those that come later get a copy of its state, and their service the same requests, so that it knows the same IDs.
 */
export async function deployed(service: TestService, program: string): Promise<Stack> {
  const earlier = deployments.get(program);
  const stack = Stack.create({ program, environment: service.environment });
  if (earlier === undefined) {
    await stack.up();
    const requests = (await service.requests()).filter(({ method }) => method !== "GET");
    deployments.set(program, { url: service.url, state: stack.readState(), requests });
  } else {
    for (const { method, path, body } of earlier.requests) await service.api(method as "POST", path, body);
    stack.writeState(earlier.state.replaceAll(earlier.url, service.url));
  }
  await service.takeLog();
  return stack;
}
