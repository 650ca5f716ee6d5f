import { readSettings, type SettingName } from "../../../provider/config/settings";

/** Reads one setting as a user gives it. */
const read = (name: SettingName, text: string) =>
  readSettings({ config: (asked) => (asked === name ? text : undefined), environment: {} });

const WHOLE = "has to be a whole number above 0";
const ADDRESS = "has to be an address such as https://api.crashtest.cloud";
const ROUTES = 'has to be a JSON object such as {"startScan": "POST /projects/{projectId}/scans"}';
const CODES = 'has to be a JSON object such as {"105": "finished"}';

test.each<[SettingName, string, unknown]>([
  ["apiKey", "s3cr3t-!~", "s3cr3t-!~"],
  ["endpoint", "https://api.example", "https://api.example"],
  ["endpoint", "https://api.example:8443/base/", "https://api.example:8443/base/"],
  ["endpoint", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["endpoint", "http://localhost", "http://localhost"],
  ["endpoint", "http://[::1]:80", "http://[::1]:80"],
  ["formerEndpoints", "[]", []],
  [
    "formerEndpoints",
    '["https://old.example", "http://old.example:80/x"]',
    ["https://old.example", "http://old.example:80/x"],
  ],
  ["teamId", "42", "42"],
  ["apiKeyIn", "header", "header"],
  ["apiKeyIn", "query", "query"],
  ["apiKeyName", "api_key", "api_key"],
  ["apiKeyName", "API_KEY", "API_KEY"],
  ["routes", "{}", {}],
  ["routes", '{"deleteProject": "POST /p/{projectId}/delete"}', { deleteProject: "POST /p/{projectId}/delete" }],
  ["requestsPerSecond", "10", 10],
  ["requestsPerSecond", "0.25", 0.25],
  ["maxRequestsInFlight", "1", 1],
  ["maxReportBytes", "67108864", 67_108_864],
  ["slugs", "{}", {}],
  ["slugs", '{"projectDeleted": "gone_for_good"}', { projectDeleted: "gone_for_good" }],
  ["statusCodes", "{}", {}],
  ["statusCodes", '{"104": "unknown", "105": "finished"}', { 104: "unknown", 105: "finished" }],
])("%s takes %s", (name, text, value) => {
  expect(read(name, text)).toEqual({ settings: { [name]: value }, problems: [] });
});

test.each<[SettingName, string, string]>([
  ["apiKey", "two words", "may hold letters, digits and signs of ASCII only, and no blanks"],
  ["apiKey", "schlüssel", "may hold letters, digits and signs of ASCII only, and no blanks"],
  ["endpoint", "api.example", ADDRESS],
  ["endpoint", "ftp://api.example", "has to begin with https://"],
  ["endpoint", "https://me:pass@api.example", "may not hold a user name or password"],
  ["endpoint", "https://api.example/?key=1", "may have no query and no fragment"],
  ["endpoint", "https://api.example/#part", "may have no query and no fragment"],
  ["endpoint", "http://api.example", "has to be https: http, which sends the API key in plain text"],
  ["endpoint", "http://127.0.0.1.example", "has to be https: http, which sends the API key in plain text"],
  [
    "formerEndpoints",
    "https://old.example",
    "has to be a list of addresses such as https://api.crashtest.cloud, as JSON",
  ],
  ["formerEndpoints", '{"0": "https://old.example"}', "has to be a list of addresses"],
  ["formerEndpoints", '["old.example"]', "has to be a list of addresses"],
  ["formerEndpoints", "[7]", "has to be a list of addresses"],
  ["teamId", "forty-two", `${WHOLE}, such as 42`],
  ["teamId", "0", `${WHOLE}, such as 42`],
  ["teamId", "-42", `${WHOLE}, such as 42`],
  ["teamId", "4.2", `${WHOLE}, such as 42`],
  ["apiKeyIn", "Header", "has to be header or query"],
  ["apiKeyIn", "cookie", "has to be header or query"],
  ["apiKeyName", "Api_Key", "has to be api_key or API_KEY"],
  ["requestsPerSecond", "0.001", "has to be a number of 0.01 or more"],
  ["requestsPerSecond", "0", "has to be a number of 0.01 or more"],
  ["requestsPerSecond", "-1", "has to be a number of 0.01 or more"],
  ["requestsPerSecond", "Infinity", "has to be a number of 0.01 or more"],
  ["requestsPerSecond", "many", "has to be a number of 0.01 or more"],
  ["maxRequestsInFlight", "0", WHOLE],
  ["maxRequestsInFlight", "1.5", WHOLE],
  ["maxRequestsInFlight", "all", WHOLE],
  ["maxReportBytes", "-1", WHOLE],
  ["maxReportBytes", "64MiB", WHOLE],
  ["maxReportBytes", "9007199254740993", WHOLE],
  ["routes", "not-json", ROUTES],
  ["routes", '["startScan"]', ROUTES],
  ["routes", "null", ROUTES],
  ["routes", '{"startScan": 7}', "has to give a text for each operation"],
  [
    "routes",
    '{"startScan": "PUT /scans/{projectId}"}',
    'crashtest:routes (or CRASHTEST_ROUTES) startScan has to look like "POST /projects',
  ],
  ["routes", '{"startScan": "POST /scans"}', "with the same placeholders"],
  ["routes", '{"begin": "POST /scans"}', "there is no operation begin; there are createProject, deleteProject"],
  ["slugs", "[]", 'has to be a JSON object such as {"projectDeleted": "project_deleted"}'],
  ["slugs", '{"projectDeleted": true}', "has to give a text for each outcome"],
  ["slugs", '{"deleted": "gone"}', "there is no outcome deleted; there are projectCreated, projectDeleted"],
  ["slugs", '{"projectDeleted": "Gone!"}', "crashtest:slugs (or CRASHTEST_SLUGS) projectDeleted has to be a word"],
  ["statusCodes", "105=finished", CODES],
  ["statusCodes", "[105]", CODES],
  ["statusCodes", '"finished"', CODES],
  ["statusCodes", '{"ended": "finished"}', "has to have whole numbers as its keys"],
  ["statusCodes", '{"-1": "finished"}', "has to have whole numbers as its keys"],
  ["statusCodes", '{"105": "done"}', "has to have one of queued, running, finished, stopped, failed, unknown"],
  ["statusCodes", '{"105": 102}', "has to have one of queued, running, finished, stopped, failed, unknown"],
])("%s refuses %s", (name, text, reason) => {
  const { settings, problems } = read(name, text);

  expect(settings).toEqual({});
  expect(problems).toEqual([expect.stringContaining(reason)]);
});

test.each<[SettingName, string]>([
  ["apiKey", "s3cr3t key"],
  ["endpoint", "https://s3cr3t:s3cr3t@api.example"],
  ["endpoint", "https://api.example?s3cr3t"],
  ["endpoint", "http://s3cr3t.example"],
  ["endpoint", "s3cr3t"],
  ["teamId", "s3cr3t"],
  ["apiKeyIn", "s3cr3t"],
  ["apiKeyName", "s3cr3t"],
  ["requestsPerSecond", "s3cr3t"],
  ["maxRequestsInFlight", "s3cr3t"],
  ["maxReportBytes", "s3cr3t"],
  ["routes", "s3cr3t"],
  ["routes", '{"startScan": "POST /s3cr3t"}'],
  ["statusCodes", "s3cr3t"],
  ["statusCodes", '{"s3cr3t": "finished"}'],
  ["statusCodes", '{"105": "s3cr3t"}'],
])("the problem of %s does not repeat %s", (name, text) => {
  const { problems } = read(name, text);

  expect(problems).toHaveLength(1);
  expect(problems.join()).not.toContain("s3cr3t");
});
