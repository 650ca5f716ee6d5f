import { createManualClock, startLocalService, type LocalService } from "crashtest-local";
import { createClient, type CrashtestClient } from "pulumi-crashtest/client";
import { request } from "undici";

export const API_KEY = "key-of-the-sdk-tests-7c1e";
const TEAM_ID = 42;
const FINISHED_URL = "https://finished.example.com/";
const RUNNING_URL = "https://running.example.com/";
const FAILED_URL = "https://failed.example.com/";
const BROKEN_URL = "https://broken.example.com/";

export interface ScanOfProject {
  projectId: string;
  scanId: string;
}

/**
 * The local service with a scan that has finished, one that runs for as long as nobody stops it, one that failed, and one that
 * has finished with a scanner that broke.
 */
export class ScannedService {
  private constructor(
    private readonly service: LocalService,
    private readonly client: CrashtestClient,
    readonly finished: ScanOfProject,
    readonly running: ScanOfProject,
    readonly failed: ScanOfProject,
    readonly broken: ScanOfProject,
  ) {}

  static async start(): Promise<ScannedService> {
    const service = await startLocalService({
      port: 0,
      control: true,
      firstId: 1,
      clock: createManualClock(),
      seed: {
        teams: [{ id: TEAM_ID, name: "Shop" }],
        users: [{ name: "anna", apiKey: API_KEY, teamIds: [TEAM_ID] }],
      },
      script: {
        targets: [
          { url: RUNNING_URL, scans: { durationSeconds: 3_600 } },
          { url: FAILED_URL, scans: { outcome: { failed: "it crashed" } } },
          { url: BROKEN_URL, scans: { errors: [{ scanner: "portscan", message: "no route" }] } },
        ],
        default: {
          findings: { xss: [{ finding_description_slug: "xss", information: "Reflected: <q> & “東京”" }] },
          descriptions: [{ slug: "xss", title: "Cross-site scripting", baseScore: 6.1 }],
        },
      },
    });
    const client = createClient({ endpoint: service.url, apiKey: API_KEY });
    const scanOf = async (url: string): Promise<ScanOfProject> => {
      const project = { teamId: String(TEAM_ID), name: "shop", url, type: "webapp" };
      const { projectId } = await client.projects.createProject(project);
      return { projectId, scanId: (await client.scans.startScan(projectId)).scanId };
    };
    const [finished, running] = [await scanOf(FINISHED_URL), await scanOf(RUNNING_URL)];
    return new ScannedService(service, client, finished, running, await scanOf(FAILED_URL), await scanOf(BROKEN_URL));
  }

  /** The configuration of a stack that uses it. */
  get settings(): { config: Record<string, string>; secretKeys: string[] } {
    return {
      config: { "crashtest:endpoint": this.service.url, "crashtest:apiKey": API_KEY },
      secretKeys: ["crashtest:apiKey"],
    };
  }

  /** The same scan, as the webhook of its project names it. */
  async byWebhook({ projectId, scanId }: ScanOfProject): Promise<{ webhook: string; scanId: string }> {
    const data = await this.control<{ webhook: string }>("GET", `/projects/${projectId}/webhook`);
    return { webhook: data.webhook, scanId };
  }

  /** The paths of the requests so far. */
  async paths(): Promise<string[]> {
    const { requests } = await this.control<{ requests: { path: string }[] }>("GET", "/requests");
    return requests.map(({ path }) => path);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.service.close();
  }

  private async control<Data>(method: "GET" | "POST", path: string, body?: unknown): Promise<Data> {
    const answer = await request(`${this.service.url}/control${path}`, {
      method,
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return ((await answer.body.json()) as { data: Data }).data;
  }
}
