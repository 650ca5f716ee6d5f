import { readSettings, type SettingName } from "../../../../service/settings/settings";

/** Reads one setting as a user gives it. */
const read = (name: SettingName, text: string) =>
  readSettings({ config: (asked) => (asked === name ? text : undefined), environment: {} });

const WHOLE = "must be a positive whole number";
const ADDRESS = "must be an address such as https://api.crashtest.cloud";
const ROUTES = 'must be a JSON object such as {"startScan": "POST /projects/{projectId}/scans"}';
const CODES = 'must be a JSON object such as {"105": "finished"}';

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
  ["apiKey", "two words", "must contain only ASCII letters, digits and punctuation, without spaces"],
  ["apiKey", "schlüssel", "must contain only ASCII letters, digits and punctuation, without spaces"],
  ["endpoint", "api.example", ADDRESS],
  ["endpoint", "ftp://api.example", "must begin with https://"],
  ["endpoint", "https://me:pass@api.example", "must not contain a user name or password"],
  ["endpoint", "https://api.example/?key=1", "must not contain a query or fragment"],
  ["endpoint", "https://api.example/#part", "must not contain a query or fragment"],
  ["endpoint", "http://api.example", "must be https: http, which sends the API key in plain text"],
  ["endpoint", "http://127.0.0.1.example", "must be https: http, which sends the API key in plain text"],
  ["formerEndpoints", "https://old.example", 'must be a list of addresses, as JSON: ["https://old.example.com"]'],
  ["formerEndpoints", '{"0": "https://old.example"}', "must be a list of addresses"],
  ["formerEndpoints", '["old.example"]', "must be a list of addresses"],
  ["formerEndpoints", "[7]", "must be a list of addresses"],
  ["teamId", "forty-two", `${WHOLE}, such as 42`],
  ["teamId", "0", `${WHOLE}, such as 42`],
  ["teamId", "-42", `${WHOLE}, such as 42`],
  ["teamId", "4.2", `${WHOLE}, such as 42`],
  ["apiKeyIn", "Header", "must be header or query"],
  ["apiKeyIn", "cookie", "must be header or query"],
  ["apiKeyName", "Api_Key", "must be api_key or API_KEY"],
  ["requestsPerSecond", "0.001", "must be a number of 0.01 or more"],
  ["requestsPerSecond", "0", "must be a number of 0.01 or more"],
  ["requestsPerSecond", "-1", "must be a number of 0.01 or more"],
  ["requestsPerSecond", "Infinity", "must be a number of 0.01 or more"],
  ["requestsPerSecond", "many", "must be a number of 0.01 or more"],
  ["maxRequestsInFlight", "0", WHOLE],
  ["maxRequestsInFlight", "1.5", WHOLE],
  ["maxRequestsInFlight", "all", WHOLE],
  ["maxReportBytes", "-1", WHOLE],
  ["maxReportBytes", "64MiB", WHOLE],
  ["maxReportBytes", "9007199254740993", WHOLE],
  ["routes", "not-json", ROUTES],
  ["routes", '["startScan"]', ROUTES],
  ["routes", "null", ROUTES],
  ["routes", '{"startScan": 7}', "has an invalid route for startScan"],
  [
    "routes",
    '{"startScan": "PUT /scans/{projectId}"}',
    'crashtest:routes (or CRASHTEST_ROUTES) has an invalid route for startScan: it must look like "POST /projects',
  ],
  ["routes", '{"startScan": "POST /scans"}', "with the same placeholders"],
  [
    "routes",
    '{"begin": "POST /scans"}',
    "has an unknown operation begin: expected one of createProject, deleteProject",
  ],
  ["slugs", "[]", 'must be a JSON object such as {"projectDeleted": "project_deleted"}'],
  ["slugs", '{"projectDeleted": true}', "has an invalid slug for projectDeleted"],
  ["slugs", '{"deleted": "gone"}', "has an unknown outcome deleted: expected one of projectCreated, projectDeleted"],
  [
    "slugs",
    '{"projectDeleted": "Gone!"}',
    "crashtest:slugs (or CRASHTEST_SLUGS) has an invalid slug for projectDeleted",
  ],
  ["statusCodes", "105=finished", CODES],
  ["statusCodes", "[105]", CODES],
  ["statusCodes", '"finished"', CODES],
  ["statusCodes", '{"ended": "finished"}', "must have whole numbers as keys"],
  ["statusCodes", '{"-1": "finished"}', "must have whole numbers as keys"],
  [
    "statusCodes",
    '{"105": "done"}',
    "must map each code to one of queued, running, finished, stopped, failed, unknown",
  ],
  ["statusCodes", '{"105": 102}', "must map each code to one of queued, running, finished, stopped, failed, unknown"],
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
