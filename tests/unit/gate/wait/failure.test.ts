import { ConfigurationError, type ErrorCode } from "../../../../errors/errors";
import { isFinal, isSilence, problemOf, retryAfterMsOf } from "../../../../gate/wait/bounded-request";
import { failure } from "./simulated-wait";

/** Whether asking again is of no use, for each code that there is. */
const CODES: Readonly<Record<ErrorCode, boolean>> = {
  CONFIGURATION_INVALID: true,
  ARGUMENT_INVALID: true,
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  INVALID_REQUEST: true,
  OTHER_SERVICE: true,
  REPORT_TOO_LARGE: true,
  REPORT_EMPTY: false,
  REPORT_UNREADABLE: false,
  NOT_FOUND: false,
  CONFLICT: false,
  RATE_LIMITED: false,
  SERVER_ERROR: false,
  SCAN_NOT_FINISHED: false,
  TARGET_NOT_VERIFIED: false,
  UNREACHABLE: false,
  TIMEOUT: false,
  TLS_FAILED: false,
  OUTCOME_UNKNOWN: false,
  UNEXPECTED_ANSWER: false,
  SCAN_UNSUCCESSFUL: false,
  SCAN_RESTARTED_ELSEWHERE: false,
  SCAN_ON_DEPLOY_NOT_CONFIGURED: false,
};

test.each(Object.entries(CODES) as [ErrorCode, boolean][])("%s is final: %s", (code, expected) => {
  expect(isFinal(failure(code))).toBe(expected);
});

const SILENT: readonly ErrorCode[] = ["UNREACHABLE", "TIMEOUT", "RATE_LIMITED", "SERVER_ERROR"];

test.each(Object.keys(CODES) as ErrorCode[])(
  "%s is silence where it is one of four, and then it is not final",
  (code) => {
    const isSilent = SILENT.includes(code);

    expect(isSilence(failure(code))).toBe(isSilent);
    expect(isSilent && isFinal(failure(code))).toBe(false);
  },
);

test("an answer with a pause is silence too", () => {
  expect(isSilence(failure("RATE_LIMITED", 7_000))).toBe(true);
});

test.each([new Error("UNREACHABLE"), "TIMEOUT", undefined, { code: "TIMEOUT" }])("%p is no silence", (error) => {
  expect(isSilence(error)).toBe(false);
});

test.each([new Error("x"), new ConfigurationError(["no key"]), "x", undefined, { code: "TIMEOUT" }])(
  "%p is final",
  (error) => {
    expect(isFinal(error)).toBe(true);
  },
);

test.each([
  [new Error("it broke"), "it broke"],
  [failure("TIMEOUT"), "it was TIMEOUT."],
  ["a text", "a text"],
  [undefined, "undefined"],
])("of %p is told %j", (error, expected) => {
  expect(problemOf(error)).toBe(expected);
});

test("only the service asks for a pause", () => {
  expect(retryAfterMsOf(failure("RATE_LIMITED", 7_000))).toBe(7_000);
  expect(retryAfterMsOf(failure("RATE_LIMITED"))).toBeUndefined();
  expect(retryAfterMsOf({ retryAfterMs: 7_000 })).toBeUndefined();
});
