import { plainLines } from "../findings/plain-text";

/**
 * What a caller can tell errors apart by. The texts may change, the codes do not.
 *
 * - `CONFIGURATION_INVALID`: a setting is missing or has a wrong form; nothing was sent.
 * - `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`, `INVALID_REQUEST`, `RATE_LIMITED`, `SERVER_ERROR`: what the
 *   service said.
 * - `SCAN_NOT_FINISHED`, `TARGET_NOT_VERIFIED`: conflicts with a remedy of their own.
 * - `UNREACHABLE`, `TIMEOUT`, `TLS_FAILED`: the request did not get through, or no answer came back.
 * - `OUTCOME_UNKNOWN`: a create or a start was sent and its answer was lost: it may have been carried out.
 * - `UNEXPECTED_ANSWER`: an answer came that is not the service's: a redirect, an HTML page, another type, other JSON.
 * - `OTHER_SERVICE`: the numbers in state belong to another service, or to another instance of it, than the one at the endpoint.
 * - `REPORT_TOO_LARGE`: a report passed `maxReportBytes`, or a derived one would be longer than a text can be. `REPORT_EMPTY`: one has no bytes.
 * - `SCAN_UNSUCCESSFUL`: a scan was stopped, failed or has an unknown status, and of such a one no report is made.
 * - `SCAN_RESTARTED_ELSEWHERE`: somebody else started a scan each time that the running one was stopped.
 * - `SCAN_ON_DEPLOY_NOT_CONFIGURED`: `scan`, `scanId` or `gate` of a `Project` that has none configured.
 * - `ARGUMENT_INVALID`: arguments, triggers among them, that are not taken, and files that cannot be written.
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
  | "SCAN_UNSUCCESSFUL"
  | "SCAN_RESTARTED_ELSEWHERE"
  | "SCAN_ON_DEPLOY_NOT_CONFIGURED"
  | "ARGUMENT_INVALID";

/** The parts of an error's text, in the order in which they are read. */
export interface ErrorParts {
  code: ErrorCode;
  /** What was attempted and what came of it, without a full stop. */
  problem: string;
  /** What to set, check or do now. */
  remedy?: string;
  cause?: Error;
}

/**
 * The base of every error that this package throws on purpose. Its text holds no key and no webhook, and nothing that could
 * steer a terminal or the engine, whoever wrote it.
 */
export class CrashtestError extends Error {
  readonly code: ErrorCode;

  constructor(parts: ErrorParts) {
    const text = parts.remedy === undefined ? `${parts.problem}.` : `${parts.problem}. ${parts.remedy}`;
    super(plainLines(text), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = new.target.name;
    this.code = parts.code;
  }
}

/** Settings that are missing or wrong; `problems` has one line for each. */
export class ConfigurationError extends CrashtestError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super({ code: "CONFIGURATION_INVALID", problem: `The configuration cannot be used: ${problems.join("; ")}` });
    this.problems = problems;
  }
}

/** How a key is given. */
export const API_KEY_REMEDY = "run `pulumi config set --secret crashtest:apiKey`, or set CRASHTEST_API_KEY";
