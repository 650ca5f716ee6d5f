import { setTimeout as sleep } from "node:timers/promises";
import {
  startLocalService,
  type Fault,
  type LocalService,
  type LocalServiceOptions,
  type LoggedRequest,
  type Script,
  type Seed,
} from "crashtest-local";
import { request } from "undici";
import { endWithTest } from "./ending";

export const API_KEY = "key-of-the-engine-tests-2f6c";
export const TEAM_ID = 42;

/** Of all services of the tests, so that a state that was made with one can be used with another. */
export const INSTANCE = "tests";

/** A connection that is kept does not outlive a service in whose place another one is started. */
const NO_KEPT_CONNECTION = true;

const SEED: Seed = {
  teams: [
    { id: TEAM_ID, name: "Shop" },
    { id: 43, name: "Others" },
  ],
  users: [
    { name: "tester", apiKey: API_KEY, teamIds: [TEAM_ID] },
    { name: "stranger", apiKey: "key-of-a-stranger-77aa", teamIds: [43] },
  ],
};

/** The local service with its control interface, as the engine tests use it. */
export class TestService {
  private constructor(private readonly service: LocalService) {}

  /**
   * @param options `requireProof`: also targets on this machine have to be proved to be their owner's; `scanner`: another
   * one than the scripted one; `port`, `instance`: those of another service, whose place this one takes; `api` and what goes with
   * it: another API
   */
  static async start(script: Script = {}, options: LocalServiceOptions = {}): Promise<TestService> {
    const service = await startLocalService({
      ...{ port: 0, control: true, firstId: 1, instance: INSTANCE, seed: SEED, script },
      ...options,
    });
    endWithTest(() => service.close());
    return new TestService(service);
  }

  /** Ends it before the test's end. */
  async close(): Promise<void> {
    await this.service.close();
  }

  get url(): string {
    return this.service.url;
  }

  /** What a stack needs to find it. */
  get environment(): Record<string, string> {
    return { CRASHTEST_ENDPOINT: this.url, CRASHTEST_API_KEY: API_KEY, CRASHTEST_TEAM_ID: String(TEAM_ID) };
  }

  setScript(script: Script): void {
    this.service.setScript(script);
  }

  async requests(): Promise<LoggedRequest[]> {
    return (await this.control<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
  }

  /** Method and path of each request since the last call. */
  async takeLog(): Promise<string[]> {
    const requests = await this.requests();
    await this.control("DELETE", "/requests");
    return requests.map(({ method, path }) => `${method} ${path}`);
  }

  async addFault(fault: Fault): Promise<void> {
    await this.control("POST", "/faults", fault);
  }

  async clearFaults(): Promise<void> {
    await this.control("DELETE", "/faults");
  }

  /** What the service keeps of scans, of all projects. */
  async scans(): Promise<{ id: number; projectId: number; state: string }[]> {
    return (await this.control<{ scans: { id: number; projectId: number; state: string }[] }>("GET", "/scans")).scans;
  }

  async projectIds(): Promise<string[]> {
    return (await this.projects()).map(({ id }) => String(id));
  }

  async projectNames(): Promise<string[]> {
    return (await this.projects()).map(({ name }) => name);
  }

  async webhookOf(projectId: string): Promise<string> {
    return (await this.control<{ webhook: string }>("GET", `/projects/${projectId}/webhook`)).webhook;
  }

  async advance(seconds: number): Promise<void> {
    await this.control("POST", "/clock", { advanceSeconds: seconds });
  }

  /** Puts the clock wrong that signatures are compared with. */
  async moveWallClock(offsetSeconds: number): Promise<void> {
    await this.control("POST", "/wall-clock", { offsetSeconds });
  }

  /** Calls the API itself, as somebody outside the stack would. */
  async api(
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }> {
    const answer = await request(this.url + path, {
      method,
      reset: NO_KEPT_CONNECTION,
      headers: { api_key: API_KEY, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, json: await answer.body.json() };
  }

  /** Waits for a condition, with a bound: one that does not come true fails the test. */
  async until(isTrue: () => Promise<boolean>, timeoutSeconds = 120): Promise<void> {
    const endMs = Date.now() + timeoutSeconds * 1_000;
    while (!(await isTrue())) {
      if (Date.now() > endMs) throw new Error(`what was waited for did not come within ${timeoutSeconds} seconds`);
      await sleep(50);
    }
  }

  private async projects(): Promise<{ id: number; name: string }[]> {
    return (await this.control<{ projects: { id: number; name: string }[] }>("GET", "/projects")).projects;
  }

  private async control<Data>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<Data> {
    const answer = await request(`${this.url}/control${path}`, {
      method,
      reset: NO_KEPT_CONNECTION,
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new Error(`${method} /control${path} was answered with ${answer.statusCode}: ${text}`);
    return (JSON.parse(text) as { data: Data }).data;
  }
}
