import { ApiError } from "../../provider/client";
import { CrashtestError, type ErrorCode } from "../../provider/errors";

/** What asking again does not mend. Everything else may be a network, or a service, that fails for a while. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  "CONFIGURATION_INVALID",
  "ARGUMENT_INVALID",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "INVALID_REQUEST",
  "REPORT_TOO_LARGE",
]);

/** Whether asking again is of no use. An error without a code is a defect, not a network. */
export const isFinal = (error: unknown): boolean => !(error instanceof CrashtestError) || FINAL.has(error.code);

/** What a message tells of an error. */
export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The pause that the service asked for, in milliseconds; undefined where it did not. */
export const retryAfterMsOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.retryAfterMs : undefined;
