import { CrashtestError, type ErrorCode } from "../errors";
import type { HttpMethod } from "./routes";

/** What a request was for, as far as a message may say it. */
export interface Attempt {
  /** "create project shop in team 42" */
  purpose: string;
  method: HttpMethod;
  /** Without query and with placeholders for secrets. */
  shownPath: string;
  /** What to do where the outcome of a create or a start is not known. */
  unknownOutcomeRemedy?: string;
}

/** The service answered, and refused. */
export class ApiError extends CrashtestError {
  /** The HTTP status. */
  readonly status: number;
  readonly method: HttpMethod;
  readonly path: string;
  /** The service's own word, such as `project_not_found`, if it said one. */
  readonly serviceMessage: string | undefined;
  /** The pause that its `Retry-After` asks for, in milliseconds; undefined where it asks for none. */
  readonly retryAfterMs: number | undefined;

  constructor(
    attempt: Attempt,
    answer: {
      status: number;
      code: ErrorCode;
      said: string | undefined;
      remedy: string;
      retryAfterMs?: number | undefined;
    },
  ) {
    const said = answer.said === undefined ? "" : ` (${answer.said})`;
    super({
      code: answer.code,
      problem: `Could not ${attempt.purpose}: ${attempt.method} ${attempt.shownPath} was answered with ${answer.status}${said}`,
      remedy: answer.remedy,
    });
    this.status = answer.status;
    this.method = attempt.method;
    this.path = attempt.shownPath;
    this.serviceMessage = answer.said;
    this.retryAfterMs = answer.retryAfterMs;
  }
}

/** No answer came, or none that could be read to its end. */
export class TransportError extends CrashtestError {}

/** An answer came that is not the service's. */
export class UnexpectedAnswerError extends CrashtestError {}

/** A report passed `maxReportBytes`; what had been read was thrown away. */
export class ReportTooLargeError extends CrashtestError {
  readonly maxReportBytes: number;

  constructor(attempt: Attempt, maxReportBytes: number) {
    super({
      code: "REPORT_TOO_LARGE",
      problem: `Could not ${attempt.purpose}: the report has more than ${maxReportBytes} bytes`,
      remedy:
        "Raise crashtest:maxReportBytes (or CRASHTEST_MAX_REPORT_BYTES), or look at the report on the service's own pages.",
    });
    this.maxReportBytes = maxReportBytes;
  }
}
