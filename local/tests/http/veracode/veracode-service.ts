import type { Dispatcher } from "undici";
import type { LocalServiceOptions, SigningKey } from "../../../src/index";
import type { OperationOverrides } from "../../../src/service";
import { TestService, type Reply, type Sent } from "../../service/test-service";
import { authorizationOf } from "./signed";

export const REST = "/dae/api/tcs-api/api/v1";
export const WEBHOOK = "/dae/api/core-api/webhook";

export const ANNA: SigningKey = { id: "a1".repeat(16), secret: "a2".repeat(64) };
export const BERT: SigningKey = { id: "b1".repeat(16), secret: "b2".repeat(64) };

/** The UUIDs of the teams 42 and 43. */
export const TEAMS = { anna: "00000000-0000-4000-8000-000000000042", bert: "00000000-0000-4000-8000-000000000043" };

export const SEED = {
  teams: [
    { id: 42, name: "Shop" },
    { id: 43, name: "Others" },
  ],
  users: [
    { name: "anna", signingKey: ANNA, teamIds: [42] },
    { name: "bert", signingKey: BERT, teamIds: [43] },
  ],
};

export const TARGET = {
  name: "shop",
  protocol: "HTTPS",
  url: "shop.example.com",
  target_type: "WEB_APP",
  scan_type: "QUICK",
  is_sec_lead_only: true,
  authorized_to_scan: true,
};

export interface Target {
  target_id: string;
  [field: string]: unknown;
}

export interface Run {
  analysis_run_id: string;
  status: string;
  [field: string]: unknown;
}

/** A request with the signature of a user. */
export interface SignedSent extends Omit<Sent, "key"> {
  /** Default anna's; null sends none. */
  as?: SigningKey | null;
}

/** The service with the API of Veracode, as a client with a signature meets it. */
export class VeracodeService {
  private constructor(readonly service: TestService) {}

  static async start(options: LocalServiceOptions = {}, overrides: OperationOverrides = {}): Promise<VeracodeService> {
    return new VeracodeService(await TestService.start({ api: "veracode", seed: SEED, ...options }, overrides));
  }

  send(
    method: Dispatcher.HttpMethod,
    path: string,
    { as = ANNA, headers = {}, ...sent }: SignedSent = {},
  ): Promise<Reply> {
    const authorization =
      as === null ? {} : { authorization: authorizationOf(as, { method, host: "127.0.0.1", url: path }) };
    return this.service.send(method, path, { ...sent, key: null, headers: { ...authorization, ...headers } });
  }

  async createTarget(changes: object = {}): Promise<Target> {
    return this.json<Target>("POST", `${REST}/targets`, 201, { ...TARGET, ...changes });
  }

  async startRun(targetId: string): Promise<Run> {
    return this.json<Run>("POST", `${REST}/analysis_run`, 200, { id: targetId });
  }

  run(targetId: string, runId: string): Promise<Run> {
    return this.json<Run>("GET", `${REST}/targets/${targetId}/analysis_runs/${runId}`, 200);
  }

  /** Sends a request and returns the JSON of its answer, which must have this status. */
  async json<Body>(method: Dispatcher.HttpMethod, path: string, status: number, body?: unknown): Promise<Body> {
    const reply = await this.send(method, path, body === undefined ? {} : { body });
    if (reply.status !== status) throw new Error(`${method} ${path} was answered with ${reply.status}: ${reply.text}`);
    return reply.json as Body;
  }
}

/** The codes of a problem. */
export const codesOf = ({ text }: Reply): string[] =>
  (JSON.parse(text) as { errors: { code: string }[] }).errors.map(({ code }) => code);
