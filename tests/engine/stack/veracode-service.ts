import { createHmac, randomBytes } from "node:crypto";
import type { Fault, LocalServiceOptions, LoggedRequest, Script } from "crashtest-local";
import { request } from "undici";
import { TestService } from "./service";

export const API_ID = "0123456789abcdef0123456789abcdef";
/** Told apart from everything else that a state or an output may hold. */
export const API_SECRET = "5ec7e7000000000000000000000000ff".repeat(4);
const API = "/dae/api/tcs-api/api/v1";

/** A target, as far as the tests look at it. */
export interface Target {
  target_id: string;
  name: string;
  url: string;
  description: string | null;
}

/** The local service with the API of Veracode, as the engine tests use it. */
export class VeracodeService {
  private constructor(readonly service: TestService) {}

  static async start(script: Script = {}, options: Partial<LocalServiceOptions> = {}): Promise<VeracodeService> {
    const signingKey = { id: API_ID, secret: API_SECRET };
    const seed = {
      teams: [
        { id: 42, name: "Shop" },
        { id: 43, name: "Others" },
      ],
      users: [{ name: "tester", teamIds: [42, 43], signingKey }],
    };
    const service = await TestService.start(script, { api: "veracode", allowLocalTargets: true, seed, ...options });
    return new VeracodeService(service);
  }

  get url(): string {
    return this.service.url;
  }

  /** What a stack needs to find it. */
  get environment(): Record<string, string> {
    return {
      CRASHTEST_SERVICE: "veracode",
      CRASHTEST_ENDPOINT: this.url,
      VERACODE_API_KEY_ID: API_ID,
      VERACODE_API_KEY_SECRET: API_SECRET,
      // The local service has no limit, which the default is for.
      CRASHTEST_REQUESTS_PER_SECOND: "1000",
    };
  }

  addFault(fault: Fault): Promise<void> {
    return this.service.addFault(fault);
  }

  clearFaults(): Promise<void> {
    return this.service.clearFaults();
  }

  requests(): Promise<LoggedRequest[]> {
    return this.service.requests();
  }

  /** The operations that changed something since the last call, in their order. */
  async takeChanges(): Promise<string[]> {
    const log = await this.service.takeLog();
    return log.filter((line) => !line.startsWith("GET ")).map((line) => line.replace(API, ""));
  }

  /** What the service keeps of scans, of all targets. */
  scans(): Promise<{ id: number; projectId: number; state: string }[]> {
    return this.service.scans();
  }

  until(isTrue: () => Promise<boolean>): Promise<void> {
    return this.service.until(isTrue);
  }

  async targets(): Promise<Target[]> {
    const { json } = await this.api("GET", "/targets?limit=200");
    return (json as { _embedded: { targets: Target[] } })._embedded.targets;
  }

  /** Calls the API itself, as somebody outside the stack would. */
  async api(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown) {
    const answer = await request(`${this.url}${API}${path}`, {
      method,
      reset: true,
      headers: {
        authorization: signed(method, `${API}${path}`),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, json: text === "" ? undefined : (JSON.parse(text) as unknown) };
  }
}

/** Signs apart from the package, so that both have to be right. */
function signed(method: string, path: string): string {
  const nonce = randomBytes(16);
  const time = String(Date.now());
  const hmac = (key: Buffer, data: Buffer | string): Buffer => createHmac("sha256", key).update(data).digest();
  const key = [nonce, time, "vcode_request_version_1"].reduce<Buffer>(hmac, Buffer.from(API_SECRET, "hex"));
  const signature = hmac(key, `id=${API_ID}&host=127.0.0.1&url=${path}&method=${method}`).toString("hex");
  return `VERACODE-HMAC-SHA-256 id=${API_ID},ts=${time},nonce=${nonce.toString("hex")},sig=${signature}`;
}
