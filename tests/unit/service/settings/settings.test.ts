import {
  clientOptionsOf,
  environmentVariableOf,
  readSettings,
  settingWarnings,
  SETTING_NAMES,
  settingText,
  type SettingName,
  type SettingSources,
} from "../../../../service/settings/settings";

type Texts = Partial<Record<SettingName, string>>;

const sources = (config: Texts, environment: Record<string, string> = {}): SettingSources => ({
  config: (name) => config[name],
  environment,
});

test.each<[SettingName, string]>([
  ["apiKey", "CRASHTEST_API_KEY"],
  ["endpoint", "CRASHTEST_ENDPOINT"],
  ["teamId", "CRASHTEST_TEAM_ID"],
  ["apiKeyIn", "CRASHTEST_API_KEY_IN"],
  ["apiKeyName", "CRASHTEST_API_KEY_NAME"],
  ["routes", "CRASHTEST_ROUTES"],
  ["slugs", "CRASHTEST_SLUGS"],
  ["requestsPerSecond", "CRASHTEST_REQUESTS_PER_SECOND"],
  ["maxRequestsInFlight", "CRASHTEST_MAX_REQUESTS_IN_FLIGHT"],
  ["maxReportBytes", "CRASHTEST_MAX_REPORT_BYTES"],
  ["statusCodes", "CRASHTEST_STATUS_CODES"],
])("%s is found in the environment as %s", (name, variable) => {
  expect(settingText(name, sources({}, { [variable]: "text" }))).toBe("text");
});

describe("settingText", () => {
  test.each<[string, string | undefined, string | undefined, string | undefined]>([
    ["configuration wins over environment", "from-config", "from-environment", "from-config"],
    ["environment is taken where there is no configuration", undefined, "from-environment", "from-environment"],
    ["an empty configuration is unset", "", "from-environment", "from-environment"],
    ["a blank configuration is unset", " \t", "from-environment", "from-environment"],
    ["an empty environment is unset", undefined, "", undefined],
    ["neither is unset", undefined, undefined, undefined],
    ["blanks around a text do not count", " from-config\n", undefined, "from-config"],
  ])("%s", (_fact, config, environment, expected) => {
    const texts: SettingSources = { config: () => config, environment: { CRASHTEST_API_KEY: environment } };

    expect(settingText("apiKey", texts)).toBe(expected);
  });

  test("takes a variable in its own spelling only", () => {
    expect(settingText("apiKey", sources({}, { crashtest_api_key: "x", API_KEY: "y" }))).toBeUndefined();
  });
});

test.each<[string, Texts, string[]]>([
  ["none", {}, []],
  ["64 MiB", { maxReportBytes: "67108864" }, []],
  [
    "more",
    { maxReportBytes: "67108865" },
    ["crashtest:maxReportBytes (or CRASHTEST_MAX_REPORT_BYTES) is above 67108864 (64 MiB), and counts as that"],
  ],
])("a maxReportBytes of %s: warnings", (_what, config, warnings) => {
  expect(settingWarnings(readSettings(sources(config)).settings)).toEqual(warnings);
});

describe("readSettings", () => {
  test("tells all that is wrong at once, by both names, in the order of the settings", () => {
    const wrong = Object.fromEntries(SETTING_NAMES.map((name) => [name, "wr ong"]));

    const { settings, problems } = readSettings(sources(wrong));

    expect(settings).toEqual({});
    expect(problems.map((problem) => problem.split(") ")[0])).toEqual(
      SETTING_NAMES.filter((name) => !name.startsWith("veracode")).map(
        (name) => `crashtest:${name} (or ${environmentVariableOf(name)}`,
      ),
    );
  });

  test("does not fall back to the environment where the configuration is wrong", () => {
    const { settings, problems } = readSettings(sources({ teamId: "x" }, { CRASHTEST_TEAM_ID: "42" }));

    expect(settings).toEqual({});
    expect(problems).toHaveLength(1);
  });
});

test("the client gets every setting but the default team", () => {
  const { settings } = readSettings(sources({ apiKey: "k-1", teamId: "42", apiKeyIn: "query" }));

  expect(clientOptionsOf(settings)).toEqual({ apiKey: "k-1", apiKeyIn: "query" });
});
