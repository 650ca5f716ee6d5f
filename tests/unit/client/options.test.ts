import { ConfigurationError, createClient, type ClientOptions } from "pulumi-crashtest/client";
import { endpointProblem, resolveOptions } from "../../../provider/client/options";
import { allTextOf, expectNothingOf } from "./all-text";

const failureOf = (options: ClientOptions): ConfigurationError => {
  try {
    createClient(options);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error("the options were taken");
};

test("only the key has no default", () => {
  expect(resolveOptions({})).toMatchObject({
    apiKey: undefined,
    endpoint: new URL("https://api.crashtest.cloud"),
    apiKeyIn: "header",
    apiKeyName: "api_key",
    requestsPerSecond: undefined,
    maxRequestsInFlight: 8,
    maxReportBytes: 67_108_864,
    dispatcher: undefined,
  });
});

test.each([
  "https://api.crashtest.cloud",
  "https://scanner.example/base/path/",
  "http://localhost:8080",
  "http://127.0.0.1:1",
  "http://127.1.2.3",
  "http://[::1]:8080",
])("the endpoint %s is taken", (endpoint) => {
  expect(endpointProblem(endpoint)).toBeUndefined();
});

test.each([
  ["http://scanner.example", "has to be https"],
  ["http://localhost.example", "has to be https"],
  ["http://127.0.0.1.example", "has to be https"],
  ["http://128.0.0.1", "has to be https"],
  ["http://[::2]", "has to be https"],
  ["http://0.0.0.0", "has to be https"],
  ["ftp://scanner.example", "has to begin with https://"],
  ["file:///etc/hosts", "has to begin with https://"],
  ["scanner.example", "has to be an address"],
  ["", "has to be an address"],
  ["https://", "has to be an address"],
  ["https://scanner.example?key=1", "no query"],
  ["https://scanner.example#x", "no fragment"],
])("the endpoint %p is refused: %s", (endpoint, reason) => {
  const error = failureOf({ endpoint });

  expect(error.code).toBe("CONFIGURATION_INVALID");
  expect(error.message).toContain(reason);
});

test.each([
  "https://me:s3cr3t-pass@scanner.example",
  "http://me:s3cr3t-pass@scanner.example",
  "https://s3cr3t-pass@x.example",
])("credentials in the endpoint are refused and not repeated (%#)", (endpoint) => {
  const error = failureOf({ endpoint });

  expect(error.message).toContain("may not hold a user name or password");
  expectNothingOf("s3cr3t-pass", error);
});

test("an endpoint that is none is not repeated, since anything may stand there", () => {
  expect(allTextOf(failureOf({ endpoint: "me:s3cr3t-pass@" }))).not.toContain("s3cr3t-pass");
});

test.each([
  ["requestsPerSecond", [0, 0.009, -1, Number.NaN, Number.POSITIVE_INFINITY]],
  ["maxRequestsInFlight", [0, -1, 1.5, Number.NaN]],
  ["maxReportBytes", [0, -1, 1.5, Number.NaN]],
] as const)("%s has to be a number that can be kept", (name, values) => {
  for (const value of values) expect(failureOf({ [name]: value }).message).toContain(name);
});

test.each(["k\ney", "k\rey", "k\0ey", "ключ", "my k3y"])(
  "a key that no header can hold (%j) is refused before anything is sent, and not repeated",
  (apiKey) => {
    const error = failureOf({ apiKey });

    expect(error.message).toContain("apiKey");
    expectNothingOf(apiKey, error);
  },
);

test("all that is wrong is said at once", () => {
  const error = failureOf({ endpoint: "no address", maxReportBytes: 0, routes: { nonsense: "GET /" } });

  expect(error.problems).toHaveLength(3);
});
