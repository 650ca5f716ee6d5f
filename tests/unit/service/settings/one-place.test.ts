import { mixedPlacesProblems } from "../../../../service/settings/one-place";

const ID = "a1".repeat(16);
const KEY = "a2".repeat(64);
const A = "https://a.example.com";
const HOSTED = "https://api.crashtest.cloud";

interface Case {
  what: string;
  config: Record<string, string>;
  environment: Record<string, string>;
  isMixed: boolean;
}

const CASES: Case[] = [
  { what: "nothing", config: {}, environment: {}, isMixed: false },
  {
    what: "both configured",
    config: { endpoint: A, apiKey: "k" },
    environment: { CRASHTEST_API_KEY: "e" },
    isMixed: false,
  },
  {
    what: "both of the environment",
    config: {},
    environment: { CRASHTEST_ENDPOINT: A, CRASHTEST_API_KEY: "e" },
    isMixed: false,
  },
  { what: "an endpoint without any key", config: { endpoint: A }, environment: {}, isMixed: false },
  {
    what: "an endpoint, and a key of the environment",
    config: { endpoint: A },
    environment: { CRASHTEST_API_KEY: "e" },
    isMixed: true,
  },
  {
    what: "an endpoint, and a key of the environment for another",
    config: { endpoint: A },
    environment: { CRASHTEST_API_KEY: "e", CRASHTEST_ENDPOINT: "https://b.example.com" },
    isMixed: true,
  },
  {
    what: "an endpoint, and a key of the environment for the same",
    config: { endpoint: A },
    environment: { CRASHTEST_API_KEY: "e", CRASHTEST_ENDPOINT: `${A}/` },
    isMixed: false,
  },
  {
    what: "the hosted endpoint, and a key of the environment",
    config: { endpoint: HOSTED },
    environment: { CRASHTEST_API_KEY: "e" },
    isMixed: false,
  },
  {
    what: "the hosted endpoint, and a key of the environment for another",
    config: { endpoint: HOSTED },
    environment: { CRASHTEST_API_KEY: "e", CRASHTEST_ENDPOINT: A },
    isMixed: true,
  },
  {
    what: "a key, and an endpoint of the environment",
    config: { apiKey: "k" },
    environment: { CRASHTEST_ENDPOINT: A },
    isMixed: true,
  },
  {
    what: "a key, and the hosted endpoint of the environment",
    config: { apiKey: "k" },
    environment: { CRASHTEST_ENDPOINT: HOSTED },
    isMixed: false,
  },
  { what: "a key alone", config: { apiKey: "k" }, environment: {}, isMixed: false },
  {
    what: "Veracode's endpoint, and credentials of the environment",
    config: { service: "veracode", endpoint: A },
    environment: { VERACODE_API_KEY_ID: ID, VERACODE_API_KEY_SECRET: KEY },
    isMixed: true,
  },
  {
    what: "the endpoint of a region of Veracode, and credentials of the environment",
    config: { service: "veracode", endpoint: "https://api.veracode.eu" },
    environment: { VERACODE_API_KEY_ID: ID, VERACODE_API_KEY_SECRET: KEY },
    isMixed: false,
  },
  {
    what: "Veracode's credentials, and an endpoint of the environment",
    config: { veracodeApiId: ID, veracodeApiKey: KEY },
    environment: { CRASHTEST_SERVICE: "veracode", CRASHTEST_ENDPOINT: A },
    isMixed: true,
  },
];

test.each(CASES)("$what", ({ config, environment, isMixed }) => {
  const problems = mixedPlacesProblems({ config: (name) => config[name], environment });

  expect(problems).toEqual(isMixed ? [expect.stringContaining("both must come from one place")] : []);
});

test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
  [
    "a key beside a service of the environment that has another",
    { apiKey: "k" },
    { CRASHTEST_SERVICE: "veracode" },
    true,
  ],
  ["credentials without their service", { veracodeApiId: ID, veracodeApiKey: KEY }, {}, true],
  ["both, with the service", { apiKey: "k", service: "veracode", veracodeApiId: ID, veracodeApiKey: KEY }, {}, false],
])("%s", (_what, config, environment, isRefused) => {
  const problems = mixedPlacesProblems({ config: (name) => config[name], environment });

  expect(problems).toEqual(
    isRefused ? [expect.stringMatching(/is configured, but the service is .*: configure service/)] : [],
  );
});
