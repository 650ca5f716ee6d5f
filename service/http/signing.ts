import type { Dispatcher } from "undici";

/** One attempt of a request, as it is sent. */
export interface SignedAttempt {
  method: string;
  /** Lower case, without the port. */
  host: string;
  /** With the query. */
  path: string;
}

/** Returns the header `authorization` of one attempt. Called again for each retry. */
export type Sign = (attempt: SignedAttempt) => string;

/** Returns an interceptor that signs each attempt. It belongs below the retries and the rate limit. */
export const signingInterceptor =
  (sign: Sign): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) => {
    const { hostname } = new URL(options.origin ?? "");
    const authorization = sign({ method: options.method, host: hostname, path: options.path });
    return dispatch({ ...options, headers: { ...headersOf(options), authorization } }, handler);
  };

/** The headers of a request are an object here; undici's retries keep them as one. */
const headersOf = ({ headers }: Dispatcher.DispatchOptions): Record<string, string> =>
  (headers ?? {}) as Record<string, string>;
