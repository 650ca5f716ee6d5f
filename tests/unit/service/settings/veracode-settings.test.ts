import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sectionOf } from "../../../../service/settings/credentials";
import { connectOrRefuse } from "../../../../service/settings/connect";
import {
  environmentVariableOf,
  readSettings,
  secretsOf,
  type SettingName,
} from "../../../../service/settings/settings";
import { API_ID, API_KEY } from "../veracode/mock-veracode";

const OTHER_ID = "f".repeat(32);
const OTHER_KEY = "e".repeat(128);
const FROM_CONFIG = { veracodeApiId: API_ID, veracodeApiKey: API_KEY };
const FROM_ENVIRONMENT = { VERACODE_API_KEY_ID: OTHER_ID, VERACODE_API_KEY_SECRET: OTHER_KEY };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "veracode-settings-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const writeFile = (...lines: string[]): void => {
  mkdirSync(join(home, ".veracode"), { recursive: true });
  writeFileSync(join(home, ".veracode", "credentials"), lines.join("\n"));
};

type Texts = Partial<Record<SettingName, string>>;
const sources = (config: Texts = {}, environment: Record<string, string> = {}) => ({
  config: (name: SettingName) => ({ service: "veracode", ...config })[name],
  environment: { HOME: home, ...environment },
});
const read = (config?: Texts, environment?: Record<string, string>) => readSettings(sources(config, environment));

describe("credentials", () => {
  const inFile = (profile: string, id: string, key: string): string[] => [
    `[${profile}]`,
    "# a comment = with = signs",
    `veracode_api_key_id = ${id}`,
    `VERACODE_API_KEY_SECRET: ${key} `,
  ];
  const pair = (veracodeApiId: string, veracodeApiKey: string) => ({
    settings: { service: "veracode", veracodeApiId, veracodeApiKey },
    problems: [],
  });

  test("come from the configuration first, then from the environment, then from the file", () => {
    writeFile(...inFile("default", "a".repeat(32), "b".repeat(128)));

    expect(read(FROM_CONFIG, FROM_ENVIRONMENT)).toEqual(pair(API_ID, API_KEY));
    expect(read({}, FROM_ENVIRONMENT)).toEqual(pair(OTHER_ID, OTHER_KEY));
    expect(read()).toEqual(pair("a".repeat(32), "b".repeat(128)));
  });

  test("come from the profile that the environment names", () => {
    writeFile(...inFile("default", "a".repeat(32), "b".repeat(128)), "", ...inFile("ci", OTHER_ID, OTHER_KEY));

    expect(read({}, { VERACODE_API_PROFILE: "ci" })).toEqual(pair(OTHER_ID, OTHER_KEY));
    expect(read({}, { VERACODE_API_PROFILE: "cd" }).problems).toEqual([
      "VERACODE_API_PROFILE names the profile cd, which is not in ~/.veracode/credentials",
    ]);
  });

  test("keep their prefixes, which the client strips", () => {
    const prefixed = { veracodeApiId: `vera01ei-${API_ID}`, veracodeApiKey: `vera01es-${API_KEY}` };

    expect(read(prefixed)).toEqual(pair(prefixed.veracodeApiId, prefixed.veracodeApiKey));
    expect(secretsOf(sources(prefixed))).toEqual([undefined, API_KEY]);
  });

  test.each<[string, Texts, Record<string, string>, string]>([
    [
      "the ID in the configuration",
      { veracodeApiKey: API_KEY },
      FROM_ENVIRONMENT,
      "crashtest:veracodeApiId is missing, but crashtest:veracodeApiKey is set",
    ],
    [
      "the key in the configuration",
      { veracodeApiId: API_ID },
      FROM_ENVIRONMENT,
      "crashtest:veracodeApiKey is missing, but crashtest:veracodeApiId is set",
    ],
    [
      "the ID in the environment",
      {},
      { VERACODE_API_KEY_SECRET: API_KEY },
      "VERACODE_API_KEY_ID is missing, but VERACODE_API_KEY_SECRET is set",
    ],
    [
      "the key in the environment",
      {},
      { VERACODE_API_KEY_ID: API_ID },
      "VERACODE_API_KEY_SECRET is missing, but VERACODE_API_KEY_ID is set",
    ],
  ])("without %s are not completed from the next place", (_what, config, environment, problem) => {
    writeFile(...inFile("default", OTHER_ID, OTHER_KEY));

    const { settings, problems } = read(config, environment);

    expect(settings).toEqual({ service: "veracode" });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test("of which the file has one half are refused", () => {
    writeFile("[default]", `veracode_api_key_id = ${API_ID}`);

    expect(read().problems).toEqual([
      "veracode_api_key_secret in the profile default of ~/.veracode/credentials is missing, but veracode_api_key_id in the " +
        "profile default of ~/.veracode/credentials is set: both must come from one place",
    ]);
  });

  test.each<[Texts, string]>([
    [
      { veracodeApiId: API_ID, veracodeApiKey: "s3cr3t" },
      "crashtest:veracodeApiKey must be an even number of hexadecimal digits",
    ],
    [{ veracodeApiId: "s3cr3t", veracodeApiKey: API_KEY }, "crashtest:veracodeApiId must be 32 hexadecimal digits"],
  ])("that are not hexadecimal are refused, without their value: %#", (config, problem) => {
    const { settings, problems } = read(config);

    expect(settings).toEqual({ service: "veracode" });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems.join()).not.toContain("s3cr3t");
  });

  test("in a file that cannot be read are a problem", () => {
    mkdirSync(join(home, ".veracode", "credentials"), { recursive: true });

    expect(read().problems).toEqual(["~/.veracode/credentials cannot be read (EISDIR)"]);
  });

  test("that are nowhere keep the service from being used by project and by webhook, which says what to set", () => {
    expect(read()).toEqual({ settings: { service: "veracode" }, problems: [] });

    const service = connectOrRefuse(sources());
    for (const kind of ["project", "webhook"] as const) {
      expect(service.configurationProblems(kind)).toEqual([expect.stringContaining("the API credentials are missing")]);
    }
  });

  test("of contradicting regions are a problem of the configuration", () => {
    const contradicting = { veracodeApiId: `vera01ei-${API_ID}`, veracodeApiKey: `vera01gs-${API_KEY}` };
    expect(connectOrRefuse(sources(contradicting)).configurationProblems("project")).toEqual([
      expect.stringContaining("the API ID belongs to the region eu"),
    ]);

    const european = { veracodeApiId: `vera01ei-${API_ID}`, veracodeApiKey: `vera01es-${API_KEY}` };
    const elsewhere = { ...european, endpoint: "https://api.veracode.com" };
    expect(connectOrRefuse(sources(elsewhere)).configurationProblems("project")).toEqual([
      expect.stringContaining("crashtest:endpoint belongs to the region global"),
    ]);
    expect(connectOrRefuse(sources(european)).identity()).toEqual({
      kind: "veracode",
      origin: "https://api.veracode.eu",
    });
  });

  test.each<[string, Texts, string]>([
    ["that are missing", {}, "the API credentials are missing"],
    ["with one half", { veracodeApiId: API_ID }, "crashtest:veracodeApiKey is missing"],
    [
      "of contradicting regions",
      { veracodeApiId: `vera01ei-${API_ID}`, veracodeApiKey: `vera01gs-${API_KEY}` },
      "region eu",
    ],
  ])("%s are told together with another invalid setting", (_what, config, problem) => {
    const service = connectOrRefuse(sources({ ...config, maxReportBytes: "0" }));

    expect(service.configurationProblems("project")).toEqual([
      expect.stringContaining("crashtest:maxReportBytes"),
      expect.stringContaining(problem),
    ]);
  });

  test("are not looked at for the other service", () => {
    expect(read({ service: "crashtest", veracodeApiId: "x" })).toEqual({
      settings: { service: "crashtest" },
      problems: [],
    });
  });
});

test.each<[SettingName, string]>([
  ["apiKeyIn", "query"],
  ["apiKeyName", "API_KEY"],
  ["routes", "{}"],
  ["slugs", "{}"],
])("%s is refused at Veracode, as the name of the service to set", (name, text) => {
  expect(read({ ...FROM_CONFIG, [name]: text }).problems).toEqual([
    `crashtest:${name} (or ${environmentVariableOf(name)}) can only be set with crashtest:service (or CRASHTEST_SERVICE) crashtest: ` +
      "remove it",
  ]);
});

test("the key of the other service is ignored, and its team refused", () => {
  const { settings, problems } = read(FROM_CONFIG, { CRASHTEST_API_KEY: "k-1", CRASHTEST_TEAM_ID: "42" });

  expect(settings).toEqual({ service: "veracode", ...FROM_CONFIG });
  expect(problems).toEqual([expect.stringMatching(/^crashtest:teamId .* must be the UUID of a team/)]);
});

test("a service that there is not is refused, with the names of those that there are", () => {
  expect(read({ service: "veracod" }).problems).toEqual([
    "crashtest:service (or CRASHTEST_SERVICE) must be crashtest or veracode",
  ]);
});

test.each([
  ["[a]\nx=1\n[b]\nx=2", "a", { x: "1" }],
  ["\uFEFF[ a ]\r\n X : 1 \r\n; y=2\r\n# z=3\r\nw = a=b:c", "a", { x: "1", w: "a=b:c" }],
  ["[a]\nx=1\n[b]\ny=2\n[a]\nz=3", "a", { x: "1", z: "3" }],
  ["x=1", "a", undefined],
  ["[A]\nx=1", "a", undefined],
  ["[a]", "a", {}],
])("of %j the section %s is %j", (text, name, members) => {
  const section = sectionOf(text, name);

  expect(section && Object.fromEntries(section)).toEqual(members);
});
