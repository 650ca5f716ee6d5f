import { ConfigurationError, createClient, type ClientOptions } from "pulumi-crashtest/client";
import { resolveOptions } from "../../../../service/crashtest/options";
import { CLIENT_REMEDIES } from "../../../../service/crashtest/remedies";
import { allTextOf, expectNothingOf } from "./all-text";

const resolve = (options: ClientOptions) => resolveOptions(options, CLIENT_REMEDIES);

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
  expect(resolve({})).toMatchObject({
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
  [1, 1],
  [67_108_864, 67_108_864],
  [67_108_865, 67_108_864],
  [Number.MAX_SAFE_INTEGER, 67_108_864],
])("a maxReportBytes of %i counts as %i", (given, counts) => {
  expect(resolve({ maxReportBytes: given }).maxReportBytes).toBe(counts);
});

test.each([
  "https://api.crashtest.cloud",
  "https://scanner.example/base/path/",
  "http://localhost:8080",
  "http://127.0.0.1:1",
  "http://127.1.2.3",
  "http://[::1]:8080",
])("the endpoint %s is taken", (endpoint) => {
  expect(resolve({ endpoint }).endpoint).toEqual(new URL(endpoint));
});

test.each([
  ["http://scanner.example", "must be https"],
  ["http://localhost.example", "must be https"],
  ["http://127.0.0.1.example", "must be https"],
  ["http://128.0.0.1", "must be https"],
  ["http://[::2]", "must be https"],
  ["http://0.0.0.0", "must be https"],
  ["ftp://scanner.example", "must begin with https://"],
  ["file:///etc/hosts", "must begin with https://"],
  ["scanner.example", "must be an address"],
  ["", "must be an address"],
  ["https://", "must be an address"],
  ["https://scanner.example?key=1", "query"],
  ["https://scanner.example#x", "fragment"],
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

  expect(error.message).toContain("must not contain a user name or password");
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

test.each<ClientOptions>([
  { apiKeyIn: "cookie" as "query" },
  { apiKeyName: "key" as "api_key" },
  { statusCodes: { 105: "done" as "finished" } },
])("a value that the types exclude is refused: %j", (options) => {
  expect(failureOf(options).message).toContain(`${String(Object.keys(options)[0])} must`);
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
