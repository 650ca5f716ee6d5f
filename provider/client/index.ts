export type { CallOptions } from "./call-options";
export { createClient, type CrashtestClient } from "./client";
export { ApiError, ReportTooLargeError, TransportError, UnexpectedAnswerError } from "./errors";
export { ConfigurationError, CrashtestError, type ErrorCode } from "../errors";
export type { KnownService } from "./known-service";
export {
  DEFAULT_ENDPOINT,
  DEFAULT_MAX_REPORT_BYTES,
  DEFAULT_MAX_REQUESTS_IN_FLIGHT,
  type ClientOptions,
} from "./options";
export type { CreatedProject, NewProject, Projects } from "./projects";
export type { Reports, ReportSource, ServiceReportFormat } from "./reports";
export { ROUTES, type Operation } from "./routes";
export type { Scans, ScanStatus, StartedScan } from "./scans";
export type { StatusDetails } from "./scan-status";
export type { ScanCoverage, ScanState } from "../scan-state";
export { SLUGS, type SlugName } from "./slugs";
export type { ServiceIdentity } from "../service-identity";
export { STATUS_CODES } from "./status-codes";
export type { WebhookScans } from "./webhook";
