import { Http } from "./http";
import type { KnownService } from "./known-service";
import { resolveOptions, type ClientOptions } from "./options";
import { Projects } from "./projects";
import { Reports } from "./reports";
import { Scans } from "./scans";
import { WebhookScans } from "./webhook";

/** The API of the service, one property per noun. */
export interface CrashtestClient {
  readonly projects: Projects;
  readonly scans: Scans;
  readonly reports: Reports;
  readonly webhook: WebhookScans;
  /** Which service it is that is asked. */
  readonly service: KnownService;
  /** Waits for what is under way and ends the connections. A process may also just end. */
  close(): Promise<void>;
}

/**
 * Makes a client with a connection pool of its own.
 *
 * @example
 * const client = createClient({ apiKey: process.env.CRASHTEST_API_KEY });
 * const { projectId } = await client.projects.createProject({ teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" });
 * const { scanId } = await client.scans.startScan(projectId);
 *
 * @throws ConfigurationError where an option has a wrong form
 */
export function createClient(options: ClientOptions): CrashtestClient {
  const resolved = resolveOptions(options);
  const http = new Http(resolved);
  return {
    projects: new Projects(http, resolved),
    scans: new Scans(http, resolved),
    reports: new Reports(http, resolved),
    webhook: new WebhookScans(http, resolved),
    service: http.service,
    close: () => http.close(),
  };
}
