import type { ErrorCode } from "../../errors/errors";
import {
  ApiError,
  redirected,
  unexpectedAnswer,
  withUnknownOutcome,
  type Attempt,
  type UnexpectedAnswerError,
} from "../http/errors";
import type { Problem } from "./problem";
import { propertyRemedyOf } from "./property-codes";
import type { Remedies } from "./remedies";

/** A refusal, as far as it is read. */
export interface RefusedAnswer {
  status: number;
  /** Undefined where the body is not the service's own. */
  problem: Problem | undefined;
  /** What the vendor's support asks for; undefined where the answer has none. */
  supportHandle: string | undefined;
  retryAfterMs: number | undefined;
  /** How far the clock of this machine is ahead of the answer's `Date`; negative: behind. Undefined without one. */
  clockAheadMs: number | undefined;
}

const LONGEST_DETAIL = 600;
/** ASSUMED: a smaller difference does not break the signature. */
const TOLERATED_CLOCK_MS = 60_000;

/** Returns the error for an answer that is not a success. */
export function failureOfAnswer(
  attempt: Attempt,
  answer: RefusedAnswer,
  remedies: Remedies,
): ApiError | UnexpectedAnswerError {
  const { status, problem, retryAfterMs } = answer;
  if (status >= 300 && status < 400) return redirected(attempt, status, remedies.option("endpoint"));
  const handle = answer.supportHandle && `support handle ${answer.supportHandle}`;
  const isOther = problem === undefined && status < 500 && ![401, 403, 429].includes(status);
  if (isOther) {
    const what = [`status ${status} and a body that is not the service's`, handle && `(${handle})`];
    return unexpectedAnswer(attempt, what.filter(Boolean).join(" "));
  }
  const { code, remedy } = refusalOf(answer, remedies);
  // Redacted before it is cut, so that no part of a secret is left at the end.
  const detail = problem && attempt.redact(problem.text).slice(0, LONGEST_DETAIL);
  return new ApiError(attempt, {
    status,
    code,
    remedy: status < 500 ? remedy : withUnknownOutcome(attempt, remedy),
    said: [detail, handle].filter(Boolean).join("; ") || undefined,
    retryAfterMs,
  });
}

function refusalOf(answer: RefusedAnswer, remedies: Remedies): { code: ErrorCode; remedy: string } {
  const { option } = remedies;
  switch (answer.status) {
    case 400:
    case 422:
      return {
        code: "INVALID_REQUEST",
        remedy: propertyRemedyOf(answer.problem?.codes ?? []) ?? "Change the values that the service names.",
      };
    case 401:
      return { code: "UNAUTHENTICATED", remedy: unauthenticatedRemedy(answer.clockAheadMs, remedies) };
    case 403:
      return {
        code: "FORBIDDEN",
        remedy:
          "The credentials' user is not allowed to do this: it needs the role Security Lead, Creator or Submitter, or, for an " +
          "API service account, the role Upload and Scan API; and it must be a member of the target's team.",
      };
    case 404:
      return { code: "NOT_FOUND", remedy: "Check the IDs, and whether the target or the run was deleted elsewhere." };
    case 409:
      return {
        code: "CONFLICT",
        remedy: "The state of the target does not allow this now: resolve the conflict and run again.",
      };
    case 429:
      return {
        code: "RATE_LIMITED",
        remedy: `The limit counts all requests from this network address: lower ${option("requestsPerSecond")}, and run again.`,
      };
    case 502:
      return {
        code: "SERVER_ERROR",
        remedy:
          "A gateway in front of the service answered: try again later. For a target of the type api, check first that " +
          "apiSpecification can be downloaded from the internet, since the service downloads it at once.",
      };
    default:
      return answer.status < 500
        ? { code: "INVALID_REQUEST", remedy: "Check the values, and run again." }
        : { code: "SERVER_ERROR", remedy: "The service failed: try again later." };
  }
}

function unauthenticatedRemedy(clockAheadMs: number | undefined, { refusedCredentials }: Remedies): string {
  if (clockAheadMs !== undefined && Math.abs(clockAheadMs) > TOLERATED_CLOCK_MS) {
    const minutes = Math.max(1, Math.round(Math.abs(clockAheadMs) / 60_000));
    const direction = clockAheadMs > 0 ? "ahead" : "behind";
    return (
      `The clock of this machine is ${minutes} minute${minutes === 1 ? "" : "s"} ${direction}, and signatures contain the ` +
      "time: set the clock, and run again."
    );
  }
  return `Check ${refusedCredentials}: credentials expire after a year, and are revoked a day after new ones are made.`;
}
