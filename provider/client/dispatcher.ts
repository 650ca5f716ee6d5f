import { Agent, EnvHttpProxyAgent, interceptors, type Dispatcher, type RetryHandler } from "undici";
import { ConfigurationError } from "../errors";
import type { ResolvedOptions } from "./options";
import { RequestSchedule, rateLimitInterceptor } from "./rate-limit";
import { decideRetry, MAX_RETRIES, type FailedAttempt } from "./retry";
import type { HttpMethod } from "./routes";
import { afterWait } from "./time-limit";
import { connectorWithoutContinue } from "./unasked-continue";

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections of one client: a pool, and above it undici's retries by our decision and the rate limit.
 *
 * A proxy of the environment is used for https only: http goes to loopback, which no proxy reaches.
 */
export function createDispatcher(options: ResolvedOptions): Dispatcher {
  const pool = options.dispatcher ?? createPool(options);
  return pool.compose(
    rateLimitInterceptor(new RequestSchedule(options.requestsPerSecond), options.now),
    resumeOnlyTheSameVersion,
    interceptors.retry({ throwOnError: false, maxRetries: MAX_RETRIES, retry: retryBy(options) }),
  );
}

/**
 * undici's retry goes on with a body that broke off by asking for the rest. Without a strong version (`if-match`) the rest
 * may be that of another report, written anew, so then the failure is final. The retry handles what is thrown here.
 */
const resumeOnlyTheSameVersion: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const headers = (options.headers ?? {}) as Record<string, unknown>;
  if (headers["range"] === undefined || headers["if-match"] !== undefined) return dispatch(options, handler);
  throw new Error("the answer broke off in the middle");
};

function createPool(options: ResolvedOptions): Dispatcher {
  const pool = {
    connections: options.maxRequestsInFlight,
    connect: connectorWithoutContinue({ timeout: CONNECT_TIMEOUT_MS }),
    headersTimeout: options.answerTimeoutMs,
    bodyTimeout: options.answerTimeoutMs,
  };
  if (options.endpoint.protocol === "http:") return new Agent(pool);
  try {
    return new EnvHttpProxyAgent(pool);
  } catch {
    /** What stands there may hold credentials, and undici's error repeats it. */
    throw new ConfigurationError(["HTTPS_PROXY or HTTP_PROXY is no address of a proxy, such as http://proxy:8080"]);
  }
}

/** What undici hands to a retry callback, as far as it is used here. */
interface UndiciFailure {
  code?: string;
  statusCode?: number;
  headers?: Record<string, string | string[] | undefined> | null;
}

function retryBy(options: Pick<ResolvedOptions, "now" | "random">): RetryHandler.RetryCallback {
  return (error, { state, opts }, done) => {
    const waitMs = decideRetry(
      failedAttempt(error as UndiciFailure, opts.method as HttpMethod, state.counter),
      options.now(),
      options.random(),
    );
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

function failedAttempt(error: UndiciFailure, method: HttpMethod, attempts: number): FailedAttempt {
  const retryAfter = error.headers?.["retry-after"];
  return {
    method,
    attempts,
    ...(error.statusCode !== undefined && { status: error.statusCode }),
    ...(typeof retryAfter === "string" && { retryAfter }),
    ...(error.code !== undefined && { code: error.code }),
  };
}
