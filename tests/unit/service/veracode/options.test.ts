import { ConfigurationError } from "../../../../errors/errors";
import { resolveOptions, type ClientOptions } from "../../../../service/veracode/options";
import { CLIENT_REMEDIES } from "../../../../service/veracode/remedies";
import { API_ID, API_KEY } from "./mock-veracode";

const resolve = (options: ClientOptions) => resolveOptions(options, CLIENT_REMEDIES);
const pair = (region = "") => ({
  apiId: region && `vera01${region}i-${API_ID}`,
  apiKey: region && `vera01${region}s-${API_KEY}`,
});
const thrownBy = (options: ClientOptions): unknown => {
  try {
    return resolve(options);
  } catch (error) {
    return error;
  }
};
const PLAIN = { apiId: API_ID, apiKey: API_KEY };

test.each<[string, ClientOptions, string]>([
  ["no credentials", {}, "https://api.veracode.com/"],
  ["plain ones", PLAIN, "https://api.veracode.com/"],
  ["global ones", pair("g"), "https://api.veracode.com/"],
  ["European ones", pair("e"), "https://api.veracode.eu/"],
  [
    "plain ones and the European endpoint",
    { ...PLAIN, endpoint: "https://api.veracode.eu" },
    "https://api.veracode.eu/",
  ],
  ["European ones and a gateway", { ...pair("e"), endpoint: "https://gate.example/v" }, "https://gate.example/v"],
  ["European ones and loopback", { ...pair("e"), endpoint: "http://127.0.0.1:9" }, "http://127.0.0.1:9/"],
  ["federal ones and an endpoint", { ...pair("f"), endpoint: "https://api.veracode.us" }, "https://api.veracode.us/"],
])("with %s the endpoint is %#", (_what, options, endpoint) => {
  expect(resolve(options).endpoint.href).toBe(endpoint);
});

test.each<[ClientOptions, string]>([
  [pair("f"), "the US federal region, which has no DAST Essentials"],
  [
    { ...pair("e"), endpoint: "https://api.veracode.com" },
    "endpoint belongs to the region global, but the credentials belong to the region eu",
  ],
  [
    { ...pair("g"), endpoint: "https://API.veracode.eu/x" },
    "endpoint belongs to the region eu, but the credentials belong to the region global",
  ],
  [
    { apiId: pair("e").apiId, apiKey: pair("g").apiKey },
    "the API ID belongs to the region eu, but the API key to the region global",
  ],
  [{ ...PLAIN, endpoint: "http://api.veracode.com" }, "endpoint must be https"],
  [{ ...PLAIN, apiKey: "s3cr3t" }, "apiKey must be an even number of hexadecimal digits"],
])("%# is refused, without the key", (options, problem) => {
  const thrown = thrownBy(options);

  expect(thrown).toBeInstanceOf(ConfigurationError);
  expect(String(thrown)).toContain(problem);
  expect(String(thrown)).not.toContain(options.apiKey);
});

test.each<[ClientOptions, number]>([
  [{ ...pair("e"), endpoint: "https://api.veracode.com", maxReportBytes: 0 }, 2],
  [{ apiId: pair("e").apiId, apiKey: pair("g").apiKey, endpoint: "s3cr3t", maxReportBytes: 0 }, 3],
  [{ ...pair("e"), endpoint: "no address" }, 1],
])("all problems are told at once: %#", (options, count) => {
  const thrown = thrownBy(options);

  expect(thrown instanceof ConfigurationError ? thrown.problems : []).toHaveLength(count);
});

test("at the default rate program and provider together stay below 250 requests a minute", () => {
  expect((resolve(PLAIN).requestsPerSecond ?? Infinity) * 60 * 2).toBeLessThan(250);
  expect(resolve({ ...PLAIN, requestsPerSecond: 8 }).requestsPerSecond).toBe(8);
});
