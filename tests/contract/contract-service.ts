import {
  createManualClock,
  startLocalService,
  type Fault,
  type LocalService,
  type LocalServiceOptions,
  type LoggedRequest,
} from "crashtest-local";
import { createClient, type ClientOptions, type CrashtestClient } from "pulumi-crashtest/client";
import { request } from "undici";

export const TEAM_ID = "42";
const KEYS = { anna: "key-of-anna-3e9a", bert: "key-of-bert-51b7" };
export const RUNNING_URL = "https://running.example.com/";

/** What an operation is asked about. */
export interface Things {
  teamId: string;
  projectId: string;
  scanId: string;
  webhook: string;
}

/** The local service, which refuses every request and every answer that does not fit the contract. */
export class ContractService {
  private readonly clients: CrashtestClient[] = [];

  private constructor(private readonly service: LocalService) {}

  static async start(options: LocalServiceOptions = {}): Promise<ContractService> {
    const service = await startLocalService({
      port: 0,
      control: true,
      firstId: 1,
      clock: createManualClock(),
      seed: {
        teams: [
          { id: 42, name: "Shop" },
          { id: 43, name: "Others" },
        ],
        users: [
          { name: "anna", apiKey: KEYS.anna, teamIds: [42] },
          { name: "bert", apiKey: KEYS.bert, teamIds: [43] },
        ],
      },
      script: { targets: [{ url: RUNNING_URL, scans: { durationSeconds: 60 } }] },
      ...options,
    });
    return new ContractService(service);
  }

  /** What the command needs to ask it with anna's key. */
  get environment(): Record<string, string> {
    return { CRASHTEST_ENDPOINT: this.service.url, CRASHTEST_API_KEY: KEYS.anna };
  }

  /** A client of this service; its key is anna's where none is named. */
  client(options: ClientOptions & { user?: "anna" | "bert" } = {}): CrashtestClient {
    const { user = "anna", ...rest } = options;
    const client = createClient({ endpoint: this.service.url, apiKey: KEYS[user], ...rest });
    this.clients.push(client);
    return client;
  }

  /** A project of anna's; its scans run on where `isRunning`, and end at once elsewhere. */
  async createProject(isRunning = false): Promise<Pick<Things, "teamId" | "projectId" | "webhook">> {
    const url = isRunning ? RUNNING_URL : "https://finished.example.com/";
    const project = { teamId: TEAM_ID, name: "shop", url, type: "webapp" };
    const { projectId } = await this.client().projects.createProject(project);
    const { webhook } = await this.control<{ webhook: string }>("GET", `/projects/${projectId}/webhook`);
    return { teamId: TEAM_ID, projectId, webhook };
  }

  /** As `createProject`, with a scan. */
  async createScan(isRunning = false): Promise<Things> {
    const project = await this.createProject(isRunning);
    const { scanId } = await this.client().scans.startScan(project.projectId);
    return { ...project, scanId };
  }

  async addFault(fault: Fault): Promise<void> {
    await this.control("POST", "/faults", fault);
  }

  async requests(): Promise<LoggedRequest[]> {
    return (await this.control<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
  }

  async lastRequest(): Promise<LoggedRequest | undefined> {
    return (await this.requests()).at(-1);
  }

  async forgetRequests(): Promise<void> {
    await this.control("DELETE", "/requests");
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
    await this.service.close();
  }

  private async control<Data>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<Data> {
    const answer = await request(`${this.service.url}/control${path}`, {
      method,
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 300) throw new Error(`${method} /control${path} was answered with ${answer.statusCode}`);
    return ((await answer.body.json()) as { data: Data }).data;
  }
}
