import { createClient, type ClientOptions, type CrashtestClient, type CrashtestError } from "pulumi-crashtest/client";
import { PULUMI_REMEDIES } from "../../../../service/settings/remedies";
import { MockAgent, type MockPool } from "undici";

/** Secrets that are found again in any form, since nothing else in a text looks like them. */
export const KEY = "Ke7-4f1c9a2b";
export const WEBHOOK = "0c7Fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
export const ENDPOINT = "https://scanner.example";

/** A client over undici's MockAgent, which answers what was scripted and lets nothing out. */
export class MockService {
  readonly agent = new MockAgent();
  readonly pool: MockPool;

  constructor(private readonly origin = ENDPOINT) {
    this.agent.disableNetConnect();
    this.pool = this.agent.get(origin);
  }

  client(options: ClientOptions = {}): CrashtestClient {
    return createClient({ apiKey: KEY, endpoint: this.origin, dispatcher: this.agent, ...options }, PULUMI_REMEDIES);
  }

  /** Scripts one answer of JSON and notes the request that it answered. */
  answers(method: string, path: string, status: number, body: unknown, headers: Record<string, string> = {}): Seen {
    return this.answersText(method, path, status, JSON.stringify(body), {
      "content-type": "application/json",
      ...headers,
    });
  }

  answersText(method: string, path: string, status: number, body: string, headers: Record<string, string>): Seen {
    const seen: Seen = { requests: [] };
    this.pool.intercept({ method, path }).reply((request) => {
      seen.requests.push({ headers: request.headers as Record<string, string>, body: request.body });
      return { statusCode: status, data: body, responseOptions: { headers } };
    });
    return seen;
  }

  /** Call after each test: everything that was scripted has to have been asked for. */
  async end(): Promise<void> {
    this.agent.assertNoPendingInterceptors();
    await this.agent.close();
  }
}

export interface Seen {
  requests: { headers: Record<string, string>; body: unknown }[];
}

/** The error of a call that has to fail. */
export async function failureOf(call: Promise<unknown>): Promise<CrashtestError> {
  return call.then(
    () => {
      throw new Error("the call did not fail");
    },
    (error: unknown) => error as CrashtestError,
  );
}
