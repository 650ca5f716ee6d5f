import type { Dispatcher } from "undici";
import { ConfigurationError } from "../../errors/errors";
import type { HttpOptions } from "../http/dispatcher";
import { SCAN_STATES, type ScanState } from "../scan-status";
import { isRecord, parseJson } from "./json";
import { statusCodeTable, type StatusCodeTable } from "./status-codes";

/** 64 MiB, which is also the upper limit. */
export const DEFAULT_MAX_REPORT_BYTES = 64 * 1024 * 1024;
/** 16 MiB: the limit for a report that is read as text to be parsed, since it is held in memory together with its findings. */
export const MAX_PARSED_REPORT_BYTES = 16 * 1024 * 1024;

export const DEFAULT_MAX_REQUESTS_IN_FLIGHT = 8;

const ANSWER_TIMEOUT_MS = 30_000;
const REPORT_TIMEOUT_MS = 600_000;

/** The options that the clients of all services have. */
export interface CommonOptions {
  /**
   * The address of the service: `https`, without query and credentials. `http` is accepted for loopback addresses only, since
   * it would send a key in plain text.
   * @default the hosted service
   */
  endpoint?: string;
  /**
   * Earlier addresses of this service: IDs that were issued there count as its own. Each is an http or https address, of which
   * scheme, host and port count. No request is sent to them. @default []
   */
  formerEndpoints?: readonly string[];
  /**
   * The maximum rate at which requests start, spread evenly over all clients of one service in this process. 0.01 (one in 100 s)
   * or more. @default as the service allows
   */
  requestsPerSecond?: number;
  /** The maximum number of requests in flight. 1 or more. @default 8 */
  maxRequestsInFlight?: number;
  /**
   * The maximum size of a report. 1 or more; values above 64 MiB count as 64 MiB. A report that is read as text, to be parsed,
   * is limited to 16 MiB in any case. @default 67108864 (64 MiB)
   */
  maxReportBytes?: number;
  /** Says what status codes mean; adds to the known ones or replaces them. @default {} */
  statusCodes?: Readonly<Record<number, ScanState>>;
  /** The dispatcher under the client's interceptors, for tests. @default a pool that uses the environment's proxies */
  dispatcher?: Dispatcher;
  /**
   * The timeout for an answer to begin, to continue after a part, and, except for reports, to be complete. For tests.
   * @default 30000
   */
  answerTimeoutMs?: number;
  /** The timeout for a complete report. For tests. @default 600000 (ten minutes) */
  reportTimeoutMs?: number;
  /** For tests. @default Date.now */
  now?: () => number;
  /** For tests; between 0 and 1. @default Math.random */
  random?: () => number;
}

/** The options above with their defaults applied. */
export interface ResolvedCommonOptions extends HttpOptions {
  formerOrigins: ReadonlySet<string>;
  maxReportBytes: number;
  statusCodes: StatusCodeTable;
  reportTimeoutMs: number;
}

/** How an option is given as text, as in a setting, and what its value must be. */
export interface OptionRule {
  /** Parses the text. The result may be invalid: `problems` decides. */
  parse: (text: string) => unknown;
  /** Returns what is wrong with a value, in texts that follow the option's name. They never repeat a value, which may be secret. */
  problems: (value: unknown) => readonly string[];
}

export const textRule = (problemOf: (text: string) => string | undefined): OptionRule => ({
  parse: (text) => text,
  problems: (value) => [problemOf(String(value))].filter((problem) => problem !== undefined),
});

const numberRule = (isValid: (value: number) => boolean, problem: string): OptionRule => ({
  parse: Number,
  problems: (value) => (typeof value === "number" && isValid(value) ? [] : [problem]),
});

export const tableRule = (
  example: string,
  problemsOf: (table: Record<string, unknown>) => readonly string[],
): OptionRule => ({
  parse: parseJson,
  problems: (value) => (isRecord(value) ? problemsOf(value) : [`must be a JSON object such as ${example}`]),
});

const positiveInteger = numberRule(
  (value) => value > 0 && Number.isSafeInteger(value),
  "must be a positive whole number",
);
/** At a lower rate, the waits of a queue of requests would exceed what a timer can hold. */
const MIN_REQUESTS_PER_SECOND = 0.01;

/** The options of all services that can be set as text too, by name. */
export const COMMON_OPTION_RULES = {
  endpoint: textRule(endpointProblem),
  formerEndpoints: {
    parse: parseJson,
    problems: (value) =>
      Array.isArray(value) && value.every((item) => originOf(item) !== undefined)
        ? []
        : ['must be a list of addresses, as JSON: ["https://old.example.com"]'],
  },
  requestsPerSecond: numberRule(
    (value) => value >= MIN_REQUESTS_PER_SECOND && Number.isFinite(value),
    `must be a number of ${MIN_REQUESTS_PER_SECOND} or more`,
  ),
  maxRequestsInFlight: positiveInteger,
  maxReportBytes: positiveInteger,
  statusCodes: tableRule('{"105": "finished"}', (codes) => {
    if (!Object.keys(codes).every((code) => /^\d+$/.test(code))) return ["must have whole numbers as keys"];
    const isState = (value: unknown) => SCAN_STATES.some((state) => state === value);
    return Object.values(codes).every(isState) ? [] : [`must map each code to one of ${SCAN_STATES.join(", ")}`];
  }),
} satisfies Record<string, OptionRule>;

const httpUrlOf = (value: unknown): URL | undefined => {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
};

/** Scheme, host and port; undefined where it is not an http or https address. */
const originOf = (value: unknown): string | undefined => httpUrlOf(value)?.origin;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is on this machine. */
export const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.test(hostname);

function endpointProblem(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return "must be an address such as https://api.crashtest.cloud";
  const url = httpUrlOf(endpoint);
  if (url === undefined) return "must begin with https://";
  if (url.username !== "" || url.password !== "") return "must not contain a user name or password";
  if (url.search !== "" || url.hash !== "") return "must not contain a query or fragment";
  if (url.protocol === "http:" && !isLoopback(url)) {
    return "must be https: http, which sends the API key in plain text, is allowed for loopback addresses only";
  }
  return undefined;
}

/**
 * Refuses invalid options.
 *
 * @param rules those of the options that can also be set as text
 * @param others what is wrong with options together
 * @throws ConfigurationError with all problems
 */
export function requireValid(
  rules: Readonly<Record<string, OptionRule>>,
  options: object,
  others: readonly string[] = [],
): void {
  const given = new Map<string, unknown>(Object.entries(options));
  const problems = Object.entries(rules).flatMap(([name, rule]) => {
    const value = given.get(name);
    return value === undefined ? [] : rule.problems(value).map((problem) => `${name} ${problem}`);
  });
  problems.push(...others);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** Applies the defaults to valid options. */
export function resolveCommonOptions(
  options: CommonOptions,
  defaults: { endpoint: string; requestsPerSecond?: number },
): ResolvedCommonOptions {
  return {
    endpoint: new URL(options.endpoint ?? defaults.endpoint),
    formerOrigins: new Set((options.formerEndpoints ?? []).flatMap((former) => originOf(former) ?? [])),
    requestsPerSecond: options.requestsPerSecond ?? defaults.requestsPerSecond,
    maxRequestsInFlight: options.maxRequestsInFlight ?? DEFAULT_MAX_REQUESTS_IN_FLIGHT,
    maxReportBytes: Math.min(options.maxReportBytes ?? DEFAULT_MAX_REPORT_BYTES, DEFAULT_MAX_REPORT_BYTES),
    statusCodes: statusCodeTable(options.statusCodes ?? {}),
    dispatcher: options.dispatcher,
    answerTimeoutMs: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
    reportTimeoutMs: options.reportTimeoutMs ?? REPORT_TIMEOUT_MS,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
  };
}
