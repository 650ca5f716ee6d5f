import { request, type Dispatcher } from "undici";
import { createManualClock, type AdvanceableClock, type LocalServiceOptions } from "../../src/index";
import { startService, type LocalService, type OperationOverrides } from "../../src/service";

export const KEYS = { anna: "key-of-anna-1f2e", bert: "key-of-bert-9c8d" };
export const TEAMS = { anna: 42, bert: 43 };

const SEED = {
  teams: [
    { id: TEAMS.anna, name: "Shop" },
    { id: TEAMS.bert, name: "Others" },
  ],
  users: [
    { name: "anna", apiKey: KEYS.anna, teamIds: [TEAMS.anna] },
    { name: "bert", apiKey: KEYS.bert, teamIds: [TEAMS.bert] },
  ],
};

export const PROJECT = { team_id: TEAMS.anna, name: "shop", url: "http://127.0.0.1:8080/", type: "webapp" };

export interface Reply {
  status: number;
  type: string;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body, where it is JSON. */
  json: unknown;
}

export interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
  /** Default anna's; null sends none. */
  key?: string | null;
}

const open: TestService[] = [];

/** The service on a clock that stands still, with two users in two teams. */
export class TestService {
  private constructor(
    readonly service: LocalService,
    readonly clock: AdvanceableClock,
    readonly logged: string[],
  ) {}

  static async start(options: LocalServiceOptions = {}, overrides: OperationOverrides = {}): Promise<TestService> {
    const clock = options.clock ?? createManualClock(Date.UTC(2026, 0, 1));
    const logged: string[] = [];
    const log = (line: string): void => void logged.push(line);
    const service = await startService({ seed: SEED, clock, log, firstId: 1, ...options }, overrides);
    const started = new TestService(service, clock, logged);
    open.push(started);
    return started;
  }

  /** For afterEach. */
  static async closeAll(): Promise<void> {
    await Promise.all(open.splice(0).map(({ service }) => service.close()));
  }

  async send(
    method: Dispatcher.HttpMethod,
    path: string,
    { body, headers = {}, key = KEYS.anna }: Sent = {},
  ): Promise<Reply> {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const answer = await request(this.service.url + path, {
      method,
      headers: {
        ...(key === null ? {} : { api_key: key }),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const type = String(answer.headers["content-type"] ?? "");
    const received = await answer.body.text();
    const json: unknown = received !== "" && type.startsWith("application/json") ? JSON.parse(received) : undefined;
    return { status: answer.statusCode, type, headers: answer.headers, text: received, json };
  }

  /** Creates anna's project and returns its ID. */
  async createProject(): Promise<number> {
    const { json } = await this.send("POST", "/projects", { body: PROJECT });
    return (json as { data: { id: number } }).data.id;
  }

  async startScan(projectId: number): Promise<number> {
    const { json } = await this.send("POST", `/projects/${projectId}/scans`);
    return (json as { data: { scanId: number } }).data.scanId;
  }

  async statusCode(projectId: number, scanId: number): Promise<number> {
    const { json } = await this.send("GET", `/projects/${projectId}/scans/${scanId}/status`);
    return (json as { data: { status: { status_code: number } } }).data.status.status_code;
  }

  /** The path of the project's webhook. */
  async webhook(projectId: number): Promise<string> {
    const { json } = await this.send("GET", `/control/projects/${projectId}/webhook`);
    return `/webhook/${(json as { data: { webhook: string } }).data.webhook}`;
  }
}
