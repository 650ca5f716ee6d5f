import { ApiError } from "../../provider/client";
import { CrashtestError, type ErrorCode } from "../../provider/errors";

/** What asking again does not mend. Everything else may be a network, or a service, that fails for a while. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  "CONFIGURATION_INVALID",
  "ARGUMENT_INVALID",
  "OTHER_SERVICE",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "INVALID_REQUEST",
  "REPORT_TOO_LARGE",
]);

/** A network or a service that does not answer now: no verdict, however long it lasts. */
const SILENCE: ReadonlySet<ErrorCode> = new Set(["UNREACHABLE", "TIMEOUT", "RATE_LIMITED", "SERVER_ERROR"]);

/** Whether nobody answered, or the service says that it cannot now. */
export const isSilence = (error: unknown): boolean => error instanceof CrashtestError && SILENCE.has(error.code);

/** Whether asking again is of no use. An error without a code is a defect, not a network. */
export const isFinal = (error: unknown): boolean => !(error instanceof CrashtestError) || FINAL.has(error.code);

/** What a message tells of an error. */
export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The pause that the service asked for, in milliseconds; undefined where it did not. */
export const retryAfterMsOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.retryAfterMs : undefined;
