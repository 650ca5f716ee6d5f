import {
  createManualClock,
  startLocalService,
  type Fault,
  type LocalService,
  type LocalServiceOptions,
  type LoggedRequest,
} from "crashtest-local";
import { request } from "undici";
import type { ScanningService } from "../../service/service";
import { VERACODE_PULUMI_REMEDIES } from "../../service/settings/remedies";
import { createClient } from "../../service/veracode";
import type { ClientOptions } from "../../service/veracode/options";
import { serviceOver } from "../../service/veracode/service";

/** Whoever signs. */
export const USERS = {
  anna: { id: "a1".repeat(16), secret: "a2".repeat(64) },
  bert: { id: "b1".repeat(16), secret: "b2".repeat(64) },
};
export const RUNNING_URL = "https://running.example.com";
export const PROJECT = {
  name: "shop 東京 & söhne's (new) a+b!*",
  url: "https://finished.example.com/a?b=c",
  type: "webapp",
  authorizedToScan: true,
} as const;

/** The local service with the API of Veracode, which refuses every request and every answer that does not fit the contract. */
export class VeracodeContractService {
  private readonly ports: ScanningService[] = [];

  private constructor(private readonly service: LocalService) {}

  static async start(options: LocalServiceOptions = {}): Promise<VeracodeContractService> {
    const service = await startLocalService({
      api: "veracode",
      port: 0,
      control: true,
      firstId: 1,
      clock: createManualClock(),
      seed: {
        teams: [{ id: 42, name: "Shop" }],
        users: [
          { name: "anna", signingKey: USERS.anna, teamIds: [42] },
          { name: "bert", signingKey: USERS.bert, teamIds: [] },
        ],
      },
      script: { targets: [{ url: `${RUNNING_URL}*`, scans: { durationSeconds: 60 } }] },
      ...options,
    });
    return new VeracodeContractService(service);
  }

  /** What a plugin needs to ask it with anna's credentials. */
  get environment(): Record<string, string> {
    return {
      CRASHTEST_SERVICE: "veracode",
      CRASHTEST_ENDPOINT: this.service.url,
      CRASHTEST_REQUESTS_PER_SECOND: "1000",
      VERACODE_API_KEY_ID: USERS.anna.id,
      VERACODE_API_KEY_SECRET: USERS.anna.secret,
    };
  }

  /** The port over a client of this service; anna signs where nobody is named. */
  port({ user = "anna", ...options }: ClientOptions & { user?: keyof typeof USERS } = {}): ScanningService {
    const { id: apiId, secret: apiKey } = USERS[user];
    const given = { apiId, apiKey, endpoint: this.service.url, requestsPerSecond: 1_000, ...options };
    const port = serviceOver(createClient(given, VERACODE_PULUMI_REMEDIES), []);
    this.ports.push(port);
    return port;
  }

  async addFault(fault: Fault): Promise<void> {
    await this.control("POST", "/faults", fault);
  }

  async requests(): Promise<LoggedRequest[]> {
    return (await this.control<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
  }

  async webhookOf(name: string): Promise<string> {
    const { projects } = await this.control<{ projects: { id: number; name: string }[] }>("GET", "/projects");
    const { id } = projects.find((project) => project.name === name) ?? {};
    return (await this.control<{ webhook: string }>("GET", `/projects/${id ?? ""}/webhook`)).webhook;
  }

  async close(): Promise<void> {
    await Promise.all(this.ports.map((port) => port.close()));
    await this.service.close();
  }

  private async control<Data>(method: "GET" | "POST", path: string, body?: unknown): Promise<Data> {
    const answer = await request(`${this.service.url}/control${path}`, {
      method,
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 300) throw new Error(`${method} /control${path} was answered with ${answer.statusCode}`);
    return ((await answer.body.json()) as { data: Data }).data;
  }
}
