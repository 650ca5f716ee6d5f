import type { Dispatcher } from "undici";
import { ConfigurationError } from "../errors";
import { overrideRoutes, routeProblems, type RouteTable } from "./routes";
import type { ScanState } from "../scan-state";
import { overrideSlugs, slugProblems, type SlugTable } from "./slugs";
import { statusCodeTable } from "./status-codes";

/** The hosted service. */
export const DEFAULT_ENDPOINT = "https://api.crashtest.cloud";
/** 64 MiB. */
export const DEFAULT_MAX_REPORT_BYTES = 64 * 1024 * 1024;
/** How many requests are under way at once. */
export const DEFAULT_MAX_REQUESTS_IN_FLIGHT = 8;

const ANSWER_TIMEOUT_MS = 30_000;
const REPORT_TIMEOUT_MS = 600_000;

/** Settings of the API client. All but the key have a default. */
export interface ClientOptions {
  /**
   * The API key of one user; it can do what that user can. Not needed for the webhook's operations.
   */
  apiKey?: string;
  /**
   * Where the service is: an `https` address without query and credentials. `http` is taken for loopback only, since the
   * key would travel in plain text.
   * @default "https://api.crashtest.cloud"
   */
  endpoint?: string;
  /**
   * Addresses that this service had before: what it is asked about by a number that was given out there is taken for its own.
   * Each is an http or https address, of which scheme, host and port count. None of them is ever asked. @default []
   */
  formerEndpoints?: readonly string[];
  /** How the key is sent. @default "header" */
  apiKeyIn?: "header" | "query";
  /** The name that the key is sent under. @default "api_key" */
  apiKeyName?: "api_key" | "API_KEY";
  /** Replaces routes: operation to `METHOD /path`. @default {} */
  routes?: Readonly<Record<string, string>>;
  /** Replaces the service's words for what came of a request: outcome, as in `SLUGS`, to slug. @default {} */
  slugs?: Readonly<Record<string, string>>;
  /** At most so many requests start in a second, spread evenly; unset is no limit. 0.01 (one in 100 s) or more. */
  requestsPerSecond?: number;
  /** At most so many requests are under way at once. 1 or more. @default 8 */
  maxRequestsInFlight?: number;
  /** A report above this many bytes is refused. 1 or more. @default 67108864 (64 MiB) */
  maxReportBytes?: number;
  /** Says what status codes mean, beside and above the known ones. @default {} */
  statusCodes?: Readonly<Record<number, ScanState>>;
  /** The dispatcher under the client's interceptors, for tests. @default a pool that knows the environment's proxies */
  dispatcher?: Dispatcher;
  /**
   * How long an answer may take to begin, to go on after a part, and, reports apart, to be there whole. For tests.
   * @default 30000
   */
  answerTimeoutMs?: number;
  /** How long a report may take to be there whole. For tests. @default 600000 (ten minutes) */
  reportTimeoutMs?: number;
  /** For tests. @default Date.now */
  now?: () => number;
  /** For tests; between 0 and 1. @default Math.random */
  random?: () => number;
}

/** Options with every default in place. */
export interface ResolvedOptions {
  apiKey: string | undefined;
  endpoint: URL;
  /** Of the former endpoints. */
  formerOrigins: ReadonlySet<string>;
  apiKeyIn: "header" | "query";
  apiKeyName: "api_key" | "API_KEY";
  routes: RouteTable;
  slugs: SlugTable;
  requestsPerSecond: number | undefined;
  maxRequestsInFlight: number;
  maxReportBytes: number;
  statusCodes: ReadonlyMap<number, ScanState>;
  dispatcher: Dispatcher | undefined;
  answerTimeoutMs: number;
  reportTimeoutMs: number;
  now: () => number;
  random: () => number;
}

/** Scheme, host and port of a former endpoint; undefined where it is no address. */
export function originOf(endpoint: string): string | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.origin : undefined;
}

export const FORMER_ENDPOINTS_FORM = "has to be a list of addresses such as https://api.crashtest.cloud";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with an endpoint, or undefined. The text never repeats the value, which may hold credentials. */
export function endpointProblem(endpoint: string): string | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined) return "endpoint has to be an address such as https://api.crashtest.cloud";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "endpoint has to begin with https://";
  if (url.username !== "" || url.password !== "") return "endpoint may not hold a user name or password";
  if (url.search !== "" || url.hash !== "") return "endpoint may have no query and no fragment";
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    return "endpoint has to be https: http, which sends the API key in plain text, is taken for loopback addresses only";
  }
  return undefined;
}

/** What is wrong with an API key, or undefined. What no header can hold would fail as if it had been sent. */
export const apiKeyProblem = (apiKey: string): string | undefined =>
  /^[!-~]*$/.test(apiKey) ? undefined : "apiKey may hold letters, digits and signs of ASCII only, and no blanks";

/** Slower than this, the waits of a queue of requests would pass what a timer can hold. */
const MIN_REQUESTS_PER_SECOND = 0.01;
export const REQUEST_RATE_FORM = `has to be a number of ${MIN_REQUESTS_PER_SECOND} or more`;
export const isRequestRate = (value: number): boolean => value >= MIN_REQUESTS_PER_SECOND && Number.isFinite(value);

/** All that is wrong with the options; no text repeats a value. */
function problemsOf(options: ClientOptions & { endpoint: string }): string[] {
  const isRate = (value: number | undefined) => value === undefined || isRequestRate(value);
  const isCount = (value: number | undefined) => value === undefined || (value > 0 && Number.isSafeInteger(value));
  const checks: [boolean, string][] = [
    [isRate(options.requestsPerSecond), `requestsPerSecond ${REQUEST_RATE_FORM}`],
    [isCount(options.maxRequestsInFlight), "maxRequestsInFlight has to be a whole number above 0"],
    [(options.formerEndpoints ?? []).every(originOf), `formerEndpoints ${FORMER_ENDPOINTS_FORM}`],
    [isCount(options.maxReportBytes), "maxReportBytes has to be a whole number above 0"],
  ];
  return [
    endpointProblem(options.endpoint),
    apiKeyProblem(options.apiKey ?? ""),
    ...checks.map(([isFine, problem]) => (isFine ? undefined : problem)),
    ...routeProblems(options.routes ?? {}),
    ...slugProblems(options.slugs ?? {}),
  ].filter((problem) => problem !== undefined);
}

/**
 * Puts the defaults in place.
 *
 * @throws ConfigurationError with all that is wrong
 */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const endpoint = options.endpoint ?? DEFAULT_ENDPOINT;
  const problems = problemsOf({ ...options, endpoint });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    apiKey: options.apiKey,
    endpoint: new URL(endpoint),
    formerOrigins: new Set((options.formerEndpoints ?? []).flatMap((former) => originOf(former) ?? [])),
    apiKeyIn: options.apiKeyIn ?? "header",
    apiKeyName: options.apiKeyName ?? "api_key",
    routes: overrideRoutes(options.routes ?? {}),
    slugs: overrideSlugs(options.slugs ?? {}),
    requestsPerSecond: options.requestsPerSecond,
    maxRequestsInFlight: options.maxRequestsInFlight ?? DEFAULT_MAX_REQUESTS_IN_FLIGHT,
    maxReportBytes: options.maxReportBytes ?? DEFAULT_MAX_REPORT_BYTES,
    statusCodes: statusCodeTable(options.statusCodes ?? {}),
    dispatcher: options.dispatcher,
    answerTimeoutMs: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
    reportTimeoutMs: options.reportTimeoutMs ?? REPORT_TIMEOUT_MS,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
  };
}
