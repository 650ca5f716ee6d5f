import { CrashtestError, type ErrorCode } from "../../errors/errors";

export type HttpMethod = "GET" | "POST" | "PUT" | "DELETE";

/** A request, as messages describe it. */
export interface Attempt {
  /** "create project shop in team 42" */
  purpose: string;
  method: HttpMethod;
  /** Without query and with placeholders for secrets. */
  shownPath: string;
  /** Removes the request's secrets from a text. */
  redact: (text: string) => string;
  /** What to do, in terms of how the service is configured. */
  advice: {
    /** There is no answer. */
    unreachable: string;
    badCertificate: string;
    /** Something other than the service answers. */
    notTheService: string;
  };
  /** What to do if the outcome of a create or a start is unknown. */
  unknownOutcomeRemedy?: string;
}

/** The service answered, and refused. */
export class ApiError extends CrashtestError {
  /** The HTTP status. */
  readonly status: number;
  readonly method: HttpMethod;
  readonly path: string;
  /** The service's slug, such as `project_not_found`, and details, if there are any. */
  readonly serviceMessage: string | undefined;

  constructor(
    { purpose, method, shownPath }: Attempt,
    answer: {
      status: number;
      code: ErrorCode;
      said: string | undefined;
      remedy: string;
      retryAfterMs?: number | undefined;
    },
  ) {
    const { status, code, said, remedy, retryAfterMs } = answer;
    const what = said === undefined ? status : `${status} (${said})`;
    const problem = `Could not ${purpose}: ${method} ${shownPath} was answered with ${what}`;
    super({ code, problem, remedy, retryAfterMs });
    this.status = status;
    this.method = method;
    this.path = shownPath;
    this.serviceMessage = said;
  }
}

/** There was no answer, or the connection broke before its end. */
export class TransportError extends CrashtestError {}

/** The answer is not the service's, or not a valid one. */
export class UnexpectedAnswerError extends CrashtestError {}

/** Returns the error for an answer that is not a valid one of the service. */
export function unexpectedAnswer(attempt: Attempt, what: string, remedy?: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError({
    code: "UNEXPECTED_ANSWER",
    problem: `Could not ${attempt.purpose}: ${attempt.method} ${attempt.shownPath} was answered with ${what}`,
    remedy: remedy ?? withUnknownOutcome(attempt, attempt.advice.notTheService),
  });
}

/** Returns the error for a redirect. Redirects are never followed: they would take the key along. */
export const redirected = (attempt: Attempt, status: number, endpointOption: string): UnexpectedAnswerError =>
  unexpectedAnswer(
    attempt,
    `a redirect (${status})`,
    withUnknownOutcome(attempt, `Redirects are never followed: set ${endpointOption} to the service's final address.`),
  );

/** Adds to a remedy how to find out whether a create or a start was carried out, where the answer does not say. */
export const withUnknownOutcome = (attempt: Attempt, remedy: string): string =>
  attempt.unknownOutcomeRemedy === undefined
    ? remedy
    : `${remedy} The request may have been carried out nevertheless. ${attempt.unknownOutcomeRemedy}`;
