import { isNativeError } from "node:util/types";
import { plainLines } from "../../findings/plain-text";
import type { ErrorCode } from "../errors";
import { ApiError, TransportError, UnexpectedAnswerError, type Attempt } from "./errors";
import { neverArrived } from "./retry";
import { slugOf } from "./slugs";
import { TIMEOUT_NAME } from "./time-limit";

const KEY_REMEDY =
  "Check the API key (pulumi config set --secret crashtest:apiKey, or CRASHTEST_API_KEY). A destroy without the program uses " +
  "the key of the last `pulumi up`: after a rotation run `pulumi up`, or `pulumi destroy --run-program`, which a gate lets " +
  "through where it can tell that from a deployment: not on Windows, nor in inline programs of the Automation API.";

/** Code and remedy per status; the service's own word comes from the answer. */
const STATUSES: Readonly<Record<number, { code: ErrorCode; remedy: string }>> = {
  400: {
    code: "INVALID_REQUEST",
    remedy: "The service did not understand the request: check the values, and crashtest:routes if it is set.",
  },
  401: { code: "UNAUTHENTICATED", remedy: KEY_REMEDY },
  403: {
    code: "FORBIDDEN",
    remedy:
      "The key's user may not do this: check teamId and the project's ID, and that the user is a member of that team.",
  },
  404: { code: "NOT_FOUND", remedy: "Check the IDs, and whether the thing was deleted outside this stack." },
  409: {
    code: "CONFLICT",
    remedy: "The state of the project or scan does not allow this now: remove what is in the way and run again.",
  },
  422: { code: "INVALID_REQUEST", remedy: "Change the values that the service names." },
  429: { code: "RATE_LIMITED", remedy: "Set crashtest:requestsPerSecond to what the service allows, and run again." },
};

/** Conflicts that the service names and that have a remedy of their own. */
const CONFLICTS: Readonly<Record<string, { code: ErrorCode; remedy: string }>> = {
  scan_not_finished: { code: "SCAN_NOT_FINISHED", remedy: "The scan still runs: ask again when it has ended." },
  target_not_verified: {
    code: "TARGET_NOT_VERIFIED",
    remedy:
      "Nothing was started: the service scans only targets whose owner has proved to own them, and looks before each scan. Put " +
      "the proof in place, as a file at the target's web root (a Project's outputs verificationFileName and " +
      "verificationFileContent), as an answer of the target (verificationUuid, at /verify/crashtest/<its first 8 digits>) or as a " +
      "DNS TXT record of its host name (verificationTxtRecord), leave it there, and run again. " +
      "Where the same program deploys the proof, let a Scan name it in dependsOn, or use the hook scanOnDeploy(): a Project's own " +
      "option scanOnDeploy scans before the proof stands.",
  },
};

/** The service's error envelope, as far as it is there. */
export interface ErrorEnvelope {
  /** The slug. */
  message: string;
  /** Reasons per field, of a 422. */
  fields?: string;
}

const LONGEST_SAID_TEXT = 600;

/**
 * Reads an error body. Undefined where it is not the service's: no JSON, no `message`, or one that is no snake-case slug
 * (what a gateway or another server in between would send).
 */
export function parseErrorEnvelope(body: string): ErrorEnvelope | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const { message: said, data } = parsed as { message?: unknown; data?: unknown };
  const message = slugOf(said);
  if (message === undefined) return undefined;
  if (typeof data !== "object" || data === null || Object.keys(data).length === 0) return { message };
  return { message, fields: JSON.stringify(data) };
}

/** An answer that is no success, as far as a message needs to know it. */
export interface RefusingAnswer {
  status: number;
  envelope: ErrorEnvelope | undefined;
  /** What its `Retry-After` asks for. */
  retryAfterMs?: number | undefined;
}

/** The error for an answer that is no success. */
export function failureOfAnswer(
  attempt: Attempt,
  { status, envelope, retryAfterMs }: RefusingAnswer,
  redact: (text: string) => string,
): ApiError | UnexpectedAnswerError {
  if (status >= 300 && status < 400) {
    return unexpectedAnswer(
      attempt,
      `a redirect (${status})`,
      withUnknownOutcome(
        attempt,
        "Redirects are never followed: set crashtest:endpoint to the address that the service itself has.",
      ),
    );
  }
  if (envelope === undefined && status < 500 && status !== 401 && status !== 403 && status !== 429) {
    return unexpectedAnswer(attempt, `status ${status} and a body that is not the service's`, SOMETHING_ELSE_ANSWERS);
  }
  const byStatus = STATUSES[status] ?? {
    code: "SERVER_ERROR" as const,
    remedy: "The service failed: try again later.",
  };
  const known = (status === 409 && envelope !== undefined ? CONFLICTS[envelope.message] : undefined) ?? byStatus;
  /** Redacted before it is cut, or a part of a secret could be left at the end. */
  const said = envelope && redact([envelope.message, envelope.fields].filter(Boolean).join(" "));
  const remedy = status < 500 ? known.remedy : withUnknownOutcome(attempt, known.remedy);
  return new ApiError(attempt, {
    status,
    code: known.code,
    remedy,
    said: said?.slice(0, LONGEST_SAID_TEXT),
    retryAfterMs,
  });
}

const SOMETHING_ELSE_ANSWERS =
  "Something else than the service seems to answer: check crashtest:endpoint, crashtest:routes and any proxy in between.";

/** Where an answer does not tell whether a create or a start was carried out, the remedy says how to find out. */
const withUnknownOutcome = (attempt: Attempt, remedy: string): string =>
  attempt.unknownOutcomeRemedy === undefined
    ? remedy
    : `${remedy} It may have been carried out all the same. ${attempt.unknownOutcomeRemedy}`;

/** The error for an answer that is not of the service's making. */
export function unexpectedAnswer(attempt: Attempt, what: string, remedy?: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError({
    code: "UNEXPECTED_ANSWER",
    problem: `Could not ${attempt.purpose}: ${attempt.method} ${attempt.shownPath} was answered with ${what}`,
    remedy: remedy ?? withUnknownOutcome(attempt, SOMETHING_ELSE_ANSWERS),
  });
}

const TIMEOUT_CODES = new Set([
  TIMEOUT_NAME,
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|EPROTO$)/;

/** undici's text where a proxy made no tunnel; the request then never left. */
const REFUSED_BY_PROXY = /^Proxy response \(\d+\)/;

/** The error for a request without an answer. A POST that may have arrived says so, and how to find out. */
export function failureOfTransport(attempt: Attempt, error: unknown, redact: (text: string) => string): TransportError {
  const { code, text } = describe(error);
  const why = redact(`${attempt.method} ${attempt.shownPath}: ${text}`);
  const cause = new Error(plainLines(redact(text)));
  if (TLS_CODE.test(code)) {
    return new TransportError({
      code: "TLS_FAILED",
      problem: `Could not ${attempt.purpose}: the service's certificate does not verify (${why})`,
      remedy: "Check crashtest:endpoint; for a certificate authority of your own set NODE_EXTRA_CA_CERTS to its file.",
      cause,
    });
  }
  if (attempt.method === "POST" && !neverArrived(code) && !REFUSED_BY_PROXY.test(text)) {
    return new TransportError({
      code: "OUTCOME_UNKNOWN",
      problem: `Could not ${attempt.purpose}: the request was sent and its answer was lost (${why}), so it may have been carried out`,
      remedy: attempt.unknownOutcomeRemedy ?? "Look at the service's own pages before you run again.",
      cause,
    });
  }
  return new TransportError({
    code: TIMEOUT_CODES.has(code) ? "TIMEOUT" : "UNREACHABLE",
    problem: `Could not ${attempt.purpose}: no answer (${why})`,
    remedy: "Check crashtest:endpoint, the network, and HTTPS_PROXY and NO_PROXY.",
    cause,
  });
}

/** An error, or the exception of a signal, which is none of JavaScript's own. */
const isErrorLike = (value: unknown): value is Error =>
  isNativeError(value) || (typeof value === "object" && value !== null && "name" in value && "message" in value);

/** Code, or else name, and text of an error; Node hides several connection failures in one AggregateError without a text. */
function describe(error: unknown): { code: string; text: string } {
  if (!isErrorLike(error)) return { code: "", text: String(error) };
  const inner: unknown = (error as Partial<AggregateError>).errors?.[0];
  const first = isNativeError(inner) ? inner : undefined;
  const code = (error as { code?: unknown }).code ?? (first as { code?: unknown } | undefined)?.code;
  const text = [error.message, first?.message, error.name].find((candidate) => candidate);
  return { code: typeof code === "string" ? code : error.name, text: text ?? "" };
}
