import {
  clientOptionsOf,
  environmentVariableOf,
  readSettings,
  SETTING_NAMES,
  type SettingName,
} from "../../../provider/config/settings";

type Texts = Partial<Record<SettingName, string>>;

const read = (config: Texts, environment: Record<string, string> = {}) =>
  readSettings({ config: (name) => config[name], environment });

test("every setting has an environment variable in upper snake case", () => {
  expect(SETTING_NAMES.map(environmentVariableOf)).toEqual([
    "CRASHTEST_API_KEY",
    "CRASHTEST_ENDPOINT",
    "CRASHTEST_TEAM_ID",
    "CRASHTEST_API_KEY_IN",
    "CRASHTEST_API_KEY_NAME",
    "CRASHTEST_ROUTES",
    "CRASHTEST_REQUESTS_PER_SECOND",
    "CRASHTEST_MAX_REQUESTS_IN_FLIGHT",
    "CRASHTEST_MAX_REPORT_BYTES",
    "CRASHTEST_STATUS_CODES",
  ]);
});

test("configuration wins over environment, environment over nothing", () => {
  const environment = { CRASHTEST_TEAM_ID: "2", CRASHTEST_API_KEY_IN: "query" };

  expect(read({ teamId: "1" }, environment).settings).toEqual({ teamId: "1", apiKeyIn: "query" });
});

test.each(["", " ", "\t\n"])("empty (%j) is unset, in both places", (empty) => {
  expect(read({ teamId: empty }, { CRASHTEST_TEAM_ID: "2" }).settings).toEqual({ teamId: "2" });
  expect(read({ teamId: empty }, { CRASHTEST_TEAM_ID: empty })).toEqual({ settings: {}, problems: [] });
});

test("blanks and line ends around a value are none of it", () => {
  expect(read({}, { CRASHTEST_API_KEY: " k3y\n" }).settings).toEqual({ apiKey: "k3y" });
});

test("nothing is set where nothing is given", () => {
  expect(read({})).toEqual({ settings: {}, problems: [] });
});

test.each<[SettingName, string, unknown]>([
  ["apiKey", "k3y", "k3y"],
  ["endpoint", "https://scanner.example/api", "https://scanner.example/api"],
  ["endpoint", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["teamId", "42", "42"],
  ["apiKeyIn", "header", "header"],
  ["apiKeyIn", "query", "query"],
  ["apiKeyName", "api_key", "api_key"],
  ["apiKeyName", "API_KEY", "API_KEY"],
  ["requestsPerSecond", "0.5", 0.5],
  ["maxRequestsInFlight", "1", 1],
  ["maxReportBytes", "1048576", 1_048_576],
  ["routes", '{"createProject":"POST /v2/projects"}', { createProject: "POST /v2/projects" }],
  ["statusCodes", '{"105":"finished","106":"failed"}', { 105: "finished", 106: "failed" }],
])("%s takes %s, from either place", (name, text, value) => {
  const expected = { settings: { [name]: value }, problems: [] };

  expect(read({ [name]: text })).toEqual(expected);
  expect(read({}, { [environmentVariableOf(name)]: text })).toEqual(expected);
});

test.each<[SettingName, string, string]>([
  ["apiKey", "s3cr3t with blank", "may hold letters, digits and signs of ASCII only, and no blanks"],
  ["endpoint", "s3cr3t", "has to be an address such as https://api.crashtest.cloud"],
  ["endpoint", "http://s3cr3t.example", "has to be https"],
  ["endpoint", "https://me:s3cr3t@scanner.example", "may not hold a user name or password"],
  ["endpoint", "https://scanner.example?key=s3cr3t", "may have no query and no fragment"],
  ["teamId", "s3cr3t", "has to be a whole number above 0, such as 42"],
  ["teamId", "0", "has to be a whole number above 0"],
  ["teamId", "-1", "has to be a whole number above 0"],
  ["apiKeyIn", "s3cr3t", "has to be header or query"],
  ["apiKeyName", "Api_Key", "has to be api_key or API_KEY"],
  ["requestsPerSecond", "0", "has to be a number above 0"],
  ["requestsPerSecond", "s3cr3t", "has to be a number above 0"],
  ["requestsPerSecond", "Infinity", "has to be a number above 0"],
  ["maxRequestsInFlight", "1.5", "has to be a whole number above 0"],
  ["maxRequestsInFlight", "0", "has to be a whole number above 0"],
  ["maxReportBytes", "64 MiB", "has to be a whole number above 0"],
  ["routes", "s3cr3t", "has to be a JSON object such as"],
  ["routes", "[]", "has to be a JSON object such as"],
  ["routes", "null", "has to be a JSON object such as"],
  ["routes", '{"createProject":7}', "has to give a text for each operation"],
  ["routes", '{"createProject":"s3cr3t"}', 'createProject has to look like "POST /projects"'],
  ["routes", '{"readProject":"GET /s3cr3t"}', "there is no operation readProject"],
  ["statusCodes", "s3cr3t", "has to be a JSON object such as"],
  ["statusCodes", '{"s3cr3t":"finished"}', "has to have whole numbers as its keys"],
  ["statusCodes", '{"105":"s3cr3t"}', "has to have one of queued, running, finished, stopped, failed, unknown"],
])("%s refuses %s by name, and does not repeat it", (name, text, reason) => {
  const { settings, problems } = read({ [name]: text });

  expect(settings).toEqual({});
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`crashtest:${name} (or ${environmentVariableOf(name)}) ${reason}`.slice(0, 70));
  expect(problems[0]).toContain(reason);
  expect(problems[0]).not.toContain("s3cr3t");
});

test("all that is wrong is said at once, and what is right is read", () => {
  const { settings, problems } = read({ teamId: "x", apiKeyIn: "body", endpoint: "x", maxReportBytes: "5" });

  expect(problems).toHaveLength(3);
  expect(settings).toEqual({ maxReportBytes: 5 });
});

test("the client gets all settings but the team", () => {
  expect(clientOptionsOf({ teamId: "42", apiKey: "k", maxReportBytes: 5 })).toEqual({ apiKey: "k", maxReportBytes: 5 });
});
