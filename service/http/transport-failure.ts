import { isNativeError } from "node:util/types";
import { plainLines } from "../../errors/plain-text";
import { TransportError, type Attempt } from "./errors";
import { LongPause } from "./rate-limit";
import { neverArrived } from "./retry";
import { TIMEOUT_NAME } from "./time-limit";

const TIMEOUT_CODES = new Set([
  TIMEOUT_NAME,
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|EPROTO$)/;

/** undici's text where a proxy opened no tunnel; the request was not sent then. */
const REFUSED_BY_PROXY = /^Proxy response \(\d+\)/;

/** Returns the error for a request without an answer. For a POST that may have arrived, it says so and how to find out. */
export function failureOfTransport(attempt: Attempt, error: unknown): TransportError {
  const { redact, advice } = attempt;
  const { code, text } = describe(error);
  const why = redact(`${attempt.method} ${attempt.shownPath}: ${text}`);
  const cause = new Error(plainLines(redact(text)));
  const problem = `Could not ${attempt.purpose}`;
  if (error instanceof LongPause) {
    return new TransportError({
      code: "RATE_LIMITED",
      problem: `${problem}: ${error.message}, so no request was sent`,
      remedy: "Run again after that.",
      retryAfterMs: Math.ceil(error.pauseMs),
    });
  }
  if (TLS_CODE.test(code)) {
    return new TransportError({
      code: "TLS_FAILED",
      problem: `${problem}: the service's certificate cannot be verified (${why})`,
      remedy: advice.badCertificate,
      cause,
    });
  }
  if (attempt.method === "POST" && !neverArrived(code) && !REFUSED_BY_PROXY.test(text)) {
    return new TransportError({
      code: "OUTCOME_UNKNOWN",
      problem: `${problem}: the request was sent, but its answer was lost (${why}), so it may have been carried out`,
      remedy: attempt.unknownOutcomeRemedy ?? "Look at the service's own pages before you run again.",
      cause,
    });
  }
  return new TransportError({
    code: TIMEOUT_CODES.has(code) ? "TIMEOUT" : "UNREACHABLE",
    problem: `${problem}: no answer (${why})`,
    remedy: advice.unreachable,
    cause,
  });
}

/** Whether a value is an error, or the `DOMException` of a signal. */
const isErrorLike = (value: unknown): value is Error =>
  isNativeError(value) || (typeof value === "object" && value !== null && "name" in value && "message" in value);

/** Returns an error's code, or else its name, and its text. Node's AggregateError of several connections has no text itself. */
function describe(error: unknown): { code: string; text: string } {
  if (!isErrorLike(error)) return { code: "", text: String(error) };
  const inner: unknown = (error as Partial<AggregateError>).errors?.[0];
  const first = isNativeError(inner) ? inner : undefined;
  const code = (error as { code?: unknown }).code ?? (first as { code?: unknown } | undefined)?.code;
  const text = [error.message, first?.message, error.name].find((candidate) => candidate);
  return { code: typeof code === "string" ? code : error.name, text: text ?? "" };
}
