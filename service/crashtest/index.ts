import { Api } from "./api";
import type { KnownService } from "../client/known-service";
import { resolveOptions, type ClientOptions } from "./options";
import { Projects } from "./projects";
import { CLIENT_REMEDIES, type Remedies } from "./remedies";
import { Reports } from "./reports";
import { Scans, WebhookScans } from "./scans";

export { SLUGS, type SlugName } from "./answers";
export { ApiError, TransportError, UnexpectedAnswerError } from "../http/errors";
export { ConfigurationError, CrashtestError, type ErrorCode } from "../../errors/errors";
export type { KnownService } from "../client/known-service";
export { DEFAULT_MAX_REPORT_BYTES, DEFAULT_MAX_REQUESTS_IN_FLIGHT } from "../client/options";
export { DEFAULT_ENDPOINT, type ClientOptions } from "./options";
export type { Projects } from "./projects";
export { ReportTooLargeError } from "../client/reports";
export type { CrashtestReportFormat as ServiceReportFormat, Reports } from "./reports";
export { ROUTES, type Operation } from "./routes";
export type { Scans, WebhookScans } from "./scans";
export type { ScanCoverage, ScanState, ScanStatus } from "../scan-status";
export type {
  CallOptions,
  CreatedProject,
  NewProject,
  ScanAddress as ReportSource,
  ServiceIdentity,
  StartedScan,
} from "../service";
export { STATUS_CODES } from "../client/status-codes";

/** The API of the service, one property per noun. */
export interface CrashtestClient {
  readonly projects: Projects;
  readonly scans: Scans;
  readonly reports: Reports;
  readonly webhook: WebhookScans;
  /** The identity of the service. */
  readonly service: KnownService;
  /** Waits for pending requests and closes the connections. A process may also just exit. */
  close(): Promise<void>;
}

/**
 * Creates a client with its own connection pool.
 *
 * @example
 * const client = createClient({ apiKey: process.env.CRASHTEST_API_KEY });
 * const { projectId } = await client.projects.createProject({ teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" });
 * const { scanId } = await client.scans.startScan(projectId);
 *
 * @param remedies what messages tell people to do; by default in terms of these options
 * @throws ConfigurationError where an option is invalid
 */
export function createClient(options: ClientOptions, remedies: Remedies = CLIENT_REMEDIES): CrashtestClient {
  const api = new Api(resolveOptions(options, remedies));
  return {
    projects: new Projects(api),
    scans: new Scans(api),
    reports: new Reports(api),
    webhook: new WebhookScans(api),
    service: api.service,
    close: () => api.close(),
  };
}
