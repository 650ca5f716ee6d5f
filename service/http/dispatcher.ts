import { Agent, EnvHttpProxyAgent, interceptors, type Dispatcher, type RetryHandler } from "undici";
import { ConfigurationError } from "../../errors/errors";
import { RequestSchedule, rateLimitInterceptor, sharedSchedule } from "./rate-limit";
import { decideRetry, MAX_RETRIES, type FailedAttempt } from "./retry";
import type { HttpMethod } from "./errors";
import { signingInterceptor, type Sign } from "./signing";
import { afterWait } from "./time-limit";
import { connectorWithoutContinue } from "./unasked-continue";

const CONNECT_TIMEOUT_MS = 10_000;

/** How requests are sent. */
export interface HttpOptions {
  endpoint: URL;
  /** Undefined is no limit. */
  requestsPerSecond: number | undefined;
  maxRequestsInFlight: number;
  /** The timeout for an answer to begin, to continue after a part, and to be complete. */
  answerTimeoutMs: number;
  /** Signs each attempt. @default not signed */
  sign?: Sign;
  /** The dispatcher under the interceptors, with a rate limit of its own; undefined: a pool that uses the environment's proxies. */
  dispatcher: Dispatcher | undefined;
  now: () => number;
  /** Between 0 and 1. */
  random: () => number;
}

/**
 * Creates the connections of one client: a pool, and above it the signature, the rate limit, which the clients of a process
 * share, and undici's retries as `decideRetry` decides.
 *
 * The environment's proxies are used for https only: http goes to loopback, which no proxy reaches.
 */
export function createDispatcher(options: HttpOptions): Dispatcher {
  const { endpoint, requestsPerSecond, dispatcher } = options;
  const pool = dispatcher ?? createPool(options);
  const schedule =
    dispatcher === undefined
      ? sharedSchedule(endpoint.origin, requestsPerSecond)
      : new RequestSchedule(requestsPerSecond);
  return pool.compose(
    ...(options.sign === undefined ? [] : [signingInterceptor(options.sign)]),
    rateLimitInterceptor(schedule, { now: options.now, elapsed: () => performance.now() }),
    resumeOnlyTheSameVersion,
    interceptors.retry({ throwOnError: false, maxRetries: MAX_RETRIES, retry: retryBy(options) }),
  );
}

/**
 * When a body breaks off, undici's retry requests the rest. Without a strong version (`if-match`) that may be the rest of a
 * newer report, so the failure is final then. The retry handles the error that is thrown here.
 */
const resumeOnlyTheSameVersion: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const headers = (options.headers ?? {}) as Record<string, unknown>;
  if (headers["range"] === undefined || headers["if-match"] !== undefined) return dispatch(options, handler);
  throw new Error("the connection broke in the middle of the answer");
};

function createPool(options: HttpOptions): Dispatcher {
  const pool = openConnections(options.endpoint, {
    connections: options.maxRequestsInFlight,
    connect: connectorWithoutContinue({ timeout: CONNECT_TIMEOUT_MS }),
    headersTimeout: options.answerTimeoutMs,
    bodyTimeout: options.answerTimeoutMs,
  });
  if (pool !== undefined) return pool;
  throw new ConfigurationError(["HTTPS_PROXY or HTTP_PROXY must be the address of a proxy, such as http://proxy:8080"]);
}

/**
 * Opens connections to an address. The environment's proxies are used for https only.
 *
 * @returns undefined where the environment has no valid address of a proxy: it may contain credentials, and undici's error
 * repeats it
 */
export function openConnections({ protocol }: URL, options: Agent.Options = {}): Dispatcher | undefined {
  if (protocol === "http:") return new Agent(options);
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    return undefined;
  }
}

/** The part of undici's error in a retry callback that is used here. */
interface UndiciFailure {
  code?: string;
  statusCode?: number;
  headers?: Record<string, string | string[] | undefined> | null;
}

function retryBy({ now, random }: HttpOptions): RetryHandler.RetryCallback {
  return (error, { state, opts }, done) => {
    const { code, statusCode: status, headers } = error as UndiciFailure;
    const retryAfter = headers?.["retry-after"];
    const failed: FailedAttempt = {
      method: opts.method as HttpMethod,
      attempts: state.counter,
      code,
      status,
      retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
    };
    const waitMs = decideRetry(failed, now(), random());
    if (waitMs === undefined) {
      done(error);
      return null;
    }
    afterWait(opts, waitMs, () => {
      done(null);
    });
    return null;
  };
}
