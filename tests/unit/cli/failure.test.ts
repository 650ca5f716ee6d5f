import { exitCodeOf, failureText } from "../../../cli/failure";
import { UsageError } from "../../../cli/command";
import { ConfigurationError, CrashtestError } from "../../../errors/errors";

const KEY = "key-of-a-test-90ab";
const WEBHOOK = "3f2a1c84-0b6d-4e59-9d27-5a1b2c3d4e5f";

const notFound = new CrashtestError({ code: "NOT_FOUND", problem: "There is no scan 31", remedy: "Check both IDs." });

test("an error has its code, what to do, and neither a secret nor anything that steers a terminal", () => {
  const problem = `Could not get it: 422 (\u001b[2J${KEY} at /webhook/${WEBHOOK.toUpperCase()} \u202e)`;
  const error = new CrashtestError({ code: "INVALID_REQUEST", problem, remedy: "Change it." });

  const text = failureText(error, { environment: { CRASHTEST_API_KEY: ` ${KEY} `, CRASHTEST_WEBHOOK: WEBHOOK } });

  expect(text).toBe(
    "pulumi-crashtest: Could not get it: 422 (\uFFFD[2J[secret] at /webhook/[secret] \uFFFD). Change it. (INVALID_REQUEST)",
  );
});

test("what another service might say tells which one was asked, where no endpoint is set", () => {
  const hint = "CRASHTEST_ENDPOINT is not set, so the hosted service was used";

  expect(failureText(notFound, { environment: {} })).toContain(hint);
  expect(failureText(notFound, { environment: { CRASHTEST_ENDPOINT: "https://api.example.com" } })).not.toContain(hint);
  const tooLarge = new CrashtestError({ code: "REPORT_TOO_LARGE", problem: "It is" });
  expect(failureText(tooLarge, { environment: {} })).not.toContain(hint);
});

test.each<[string, unknown, number]>([
  ["a command line", new UsageError("--scan is missing"), 2],
  ["a setting", new ConfigurationError(["the API key is missing"]), 2],
  ["a scan that still runs", new CrashtestError({ code: "SCAN_NOT_FINISHED", problem: "It still runs" }), 3],
  ["what the service said", notFound, 1],
  ["a defect", new Error("a defect"), 1],
  ["what is no error", "a text", 1],
])("%s has its exit code", (_what, error, exitCode) => {
  expect(exitCodeOf(error)).toBe(exitCode);
});
