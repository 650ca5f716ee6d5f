import { plainLines } from "./plain-text";

/**
 * Identifies an error for programs. Messages may change, codes do not.
 *
 * - `CONFIGURATION_INVALID`: a setting is missing or invalid; nothing was sent.
 * - `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`, `INVALID_REQUEST`, `RATE_LIMITED`, `SERVER_ERROR`: the service's
 *   answer.
 * - `SCAN_NOT_FINISHED`, `TARGET_NOT_VERIFIED`: conflicts with a remedy of their own.
 * - `UNREACHABLE`, `TIMEOUT`, `TLS_FAILED`: the service could not be reached, or did not answer.
 * - `OUTCOME_UNKNOWN`: a create or start was sent but its answer was lost; it may have been carried out.
 * - `UNEXPECTED_ANSWER`: the answer is not the service's: a redirect, an HTML page, another content type, other JSON.
 * - `OTHER_SERVICE`: the IDs in the state belong to another service, or another instance of it, than the one at the endpoint.
 * - `REPORT_EMPTY`: a report has no content; a JSON report also without `findings`, or without a scanner in them; an XML report
 *   that findings are read from, without a test case that ran.
 * - `REPORT_UNREADABLE`: a report is not valid JSON or XML, was cut off, is nested too deeply, or its contents are not as
 *   expected.
 * - `REPORT_TOO_LARGE`: a report exceeds a limit: bytes (`maxReportBytes`, and 16 MiB if it is parsed), findings, scanners, or
 *   the length of a text.
 * - `SCAN_UNSUCCESSFUL`: the scan was stopped, failed or has an unknown status, so no report is made from it.
 * - `SCAN_RESTARTED_ELSEWHERE`: someone else started a scan each time the running one was stopped.
 * - `SCAN_ON_DEPLOY_NOT_CONFIGURED`: `scan`, `scanId` or `gate` of a `Project` without scan on deploy.
 * - `ARGUMENT_INVALID`: an argument, such as a trigger, is invalid, or a file cannot be written.
 */
export type ErrorCode =
  | "CONFIGURATION_INVALID"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "INVALID_REQUEST"
  | "RATE_LIMITED"
  | "SERVER_ERROR"
  | "SCAN_NOT_FINISHED"
  | "TARGET_NOT_VERIFIED"
  | "UNREACHABLE"
  | "TIMEOUT"
  | "TLS_FAILED"
  | "OUTCOME_UNKNOWN"
  | "UNEXPECTED_ANSWER"
  | "OTHER_SERVICE"
  | "REPORT_TOO_LARGE"
  | "REPORT_EMPTY"
  | "REPORT_UNREADABLE"
  | "SCAN_UNSUCCESSFUL"
  | "SCAN_RESTARTED_ELSEWHERE"
  | "SCAN_ON_DEPLOY_NOT_CONFIGURED"
  | "ARGUMENT_INVALID";

/** The parts of an error's message, in order. */
export interface ErrorParts {
  code: ErrorCode;
  /** What was attempted and what went wrong, without a full stop. */
  problem: string;
  /** What to set, check or do now. */
  remedy?: string | undefined;
  cause?: Error | undefined;
  /** How long the service asks clients to wait before the next request, in milliseconds. @default none */
  retryAfterMs?: number | undefined;
}

/**
 * The base class of every error that this package throws on purpose. Its message contains no key and no webhook, and nothing
 * that could control a terminal or the engine.
 */
export class CrashtestError extends Error {
  readonly code: ErrorCode;
  /** How long the service asks clients to wait, in milliseconds; undefined if it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(parts: ErrorParts) {
    const text = parts.remedy === undefined ? `${parts.problem}.` : `${parts.problem}. ${parts.remedy}`;
    super(plainLines(text), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = new.target.name;
    this.code = parts.code;
    this.retryAfterMs = parts.retryAfterMs;
  }
}

/** Settings are missing or invalid; `problems` has one line for each. */
export class ConfigurationError extends CrashtestError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super({ code: "CONFIGURATION_INVALID", problem: `The configuration cannot be used: ${problems.join("; ")}` });
    this.problems = problems;
  }
}
