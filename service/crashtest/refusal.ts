import type { ErrorCode } from "../../errors/errors";
import {
  ApiError,
  redirected,
  unexpectedAnswer,
  withUnknownOutcome,
  type Attempt,
  type UnexpectedAnswerError,
} from "../http/errors";
import { slugOf } from "./answers";
import { isRecord, parseJson } from "../client/json";
import type { Remedies } from "./remedies";

interface Refusal {
  code: ErrorCode;
  remedy: string;
}

const refusalsByStatus = ({ option, refusedKey }: Remedies): Readonly<Record<number, Refusal>> => ({
  400: {
    code: "INVALID_REQUEST",
    remedy: `The service did not understand the request: check the values, and ${option("routes")} if it is set.`,
  },
  401: { code: "UNAUTHENTICATED", remedy: `Check ${refusedKey}` },
  403: {
    code: "FORBIDDEN",
    remedy:
      "The key's user is not allowed to do this: check teamId and the project's ID, and that the user is a member of that team.",
  },
  404: { code: "NOT_FOUND", remedy: "Check the IDs, and whether the project or scan was deleted elsewhere." },
  409: {
    code: "CONFLICT",
    remedy: "The state of the project or scan does not allow this now: resolve the conflict and run again.",
  },
  422: { code: "INVALID_REQUEST", remedy: "Change the values that the service names." },
  429: {
    code: "RATE_LIMITED",
    remedy: `Set ${option("requestsPerSecond")} to what the service allows, and run again.`,
  },
});

/** Conflicts with a code and a remedy of their own, by the service's slug. */
const refusalsBySlug = ({ targetNotVerified }: Remedies): Readonly<Record<string, Refusal>> => ({
  scan_not_finished: { code: "SCAN_NOT_FINISHED", remedy: "The scan is still running: try again when it has ended." },
  target_not_verified: {
    code: "TARGET_NOT_VERIFIED",
    remedy:
      "Nothing was started: the service scans only targets with a proof of ownership, and checks it before each scan. Put the " +
      `proof in place, ${targetNotVerified}`,
  },
});

/** The service's error envelope. */
export interface ErrorEnvelope {
  /** The slug. */
  message: string;
  /** Reasons per field, of a 422. */
  fields?: string;
}

const LONGEST_DETAIL = 600;

/**
 * Parses an error body. Undefined where it is not the service's, but a gateway's or another server's: not JSON, or without a
 * slug in `message`.
 */
export function parseErrorEnvelope(body: string): ErrorEnvelope | undefined {
  const envelope = parseJson(body);
  const message = isRecord(envelope) ? slugOf(envelope["message"]) : undefined;
  if (!isRecord(envelope) || message === undefined) return undefined;
  const { data } = envelope;
  const hasFields = typeof data === "object" && data !== null && Object.keys(data).length > 0;
  return hasFields ? { message, fields: JSON.stringify(data) } : { message };
}

/** Returns the error for an answer that is not a success. */
export function failureOfAnswer(
  attempt: Attempt,
  answer: { status: number; envelope: ErrorEnvelope | undefined; retryAfterMs: number | undefined },
  remedies: Remedies,
): ApiError | UnexpectedAnswerError {
  const { status, envelope, retryAfterMs } = answer;
  if (status >= 300 && status < 400) return redirected(attempt, status, remedies.option("endpoint"));
  if (envelope === undefined && status < 500 && status !== 401 && status !== 403 && status !== 429) {
    const what = `status ${status} and a body that is not the service's`;
    return unexpectedAnswer(attempt, what, attempt.advice.notTheService);
  }
  const { code, remedy }: Refusal = (status === 409 ? refusalsBySlug(remedies)[envelope?.message ?? ""] : undefined) ??
    refusalsByStatus(remedies)[status] ?? { code: "SERVER_ERROR", remedy: "The service failed: try again later." };
  // Redacted before it is cut, so that no part of a secret is left at the end.
  const said = envelope && attempt.redact([envelope.message, envelope.fields].filter(Boolean).join(" "));
  return new ApiError(attempt, {
    status,
    code,
    remedy: status < 500 ? remedy : withUnknownOutcome(attempt, remedy),
    said: said?.slice(0, LONGEST_DETAIL),
    retryAfterMs,
  });
}
