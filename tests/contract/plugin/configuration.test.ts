import { ContractService } from "../contract-service";
import { PluginClient, secret, UNKNOWN, urnOf, type Wire } from "./plugin-client";

let service: ContractService;
let plugin: PluginClient | undefined;

beforeAll(async () => {
  service = await ContractService.start();
});

afterEach(() => plugin?.close());

afterAll(() => service.close());

const SHOP = urnOf("Project", "shop");

async function start(environment: Record<string, string> = {}): Promise<PluginClient> {
  plugin?.close();
  plugin = await PluginClient.start(environment);
  return plugin;
}

const reasonsOf = async (inputs: Wire, environment = {}, name = "default"): Promise<string[]> => {
  const { failures } = await (await start(environment)).checkConfig(inputs, name);
  expect(failures.every(({ property }) => property === "")).toBe(true);
  return failures.map(({ reason }) => reason);
};

test("the answer to a configuration says what the plugin takes", async () => {
  const response = await (await start()).configure();

  expect(response.toObject()).toMatchObject({
    acceptsecrets: true,
    acceptresources: true,
    acceptoutputs: true,
    supportspreview: true,
  });
});

test("a setting can be text or a value of its own, and those of the engine are let through", async () => {
  const inputs = {
    version: "0.1.0",
    pluginDownloadURL: "https://example.com",
    teamId: 42,
    requestsPerSecond: "2",
    formerEndpoints: ["https://old.example.com"],
    apiKey: secret("key"),
  };
  const { inputs: checked, failures } = await (await start()).checkConfig(inputs);

  expect([failures, checked]).toEqual([[], inputs]);
});

test.each([
  ["0.0.9", true],
  ["0.1.0", true],
  ["0.1.0-rc.1", true],
  ["0.1.1", false],
  ["0.2.0", false],
  ["1.0.0", false],
  ["none", true],
])("an SDK of version %s is taken: %j", async (version, isTaken) => {
  const reasons = await reasonsOf({ version });

  expect(reasons).toEqual(
    isTaken ? [] : [expect.stringMatching(/^the SDK is of version .* but the plugin is of 0\.1\.0/)],
  );
});

test("unknown names and invalid values are refused, all at once, without a value", async () => {
  const reasons = await reasonsOf({ apikey: "swordfish", endpoint: "ftp://swordfish", teamId: "none" });

  expect(reasons).toEqual([
    expect.stringMatching(/^crashtest:apikey is not a setting: expected service, apiKey, endpoint, /),
    "crashtest:endpoint (or CRASHTEST_ENDPOINT) must begin with https://",
    "crashtest:teamId (or CRASHTEST_TEAM_ID) must be a positive whole number, such as 42",
  ]);
  expect(reasons.join()).not.toContain("swordfish");
});

test.each(["apiKey", "veracodeApiKey"])(
  "a plain %s is refused where a program asks for something, by an import too, but not by a refresh",
  async (name) => {
    const given = await start();
    await given.configure({ [name]: "swordfish" });

    for (const ask of [
      () => given.check(SHOP, { url: "https://a.example.com" }),
      () => given.read(SHOP, "7"),
      () => given.read(SHOP, "7", { state: {}, inputs: {} }),
      () => given.invoke("getScanStatus", { projectId: "7", scanId: "31" }),
    ]) {
      const failure = await ask().catch((error: unknown) => error);
      expect(failure).toMatchObject({
        details: expect.stringContaining(`crashtest:${name} is stored in plain text, but must be a secret`) as string,
      });
      expect(String(failure)).not.toContain("swordfish");
    }
    expect(await given.read(SHOP, "7", { state: { projectId: "7" }, inputs: {} })).toMatchObject({ id: "7" });
  },
);

test("a preview that does not know a setting checks the rest", async () => {
  expect(await reasonsOf({ endpoint: UNKNOWN, apiKey: secret(UNKNOWN), slugs: "[]", typo: 1 })).toEqual([
    expect.stringContaining("crashtest:typo is not a setting"),
  ]);
});

test("a changed setting replaces nothing", async () => {
  const olds = { endpoint: "https://old.example.com", apiKey: secret("one") };
  const news = { endpoint: "https://new.example.com", apiKey: secret("two") };

  expect(await (await start()).diffConfig(olds, news)).toEqual({
    changes: true,
    replaces: [],
    deleteBeforeReplace: false,
    details: { endpoint: "UPDATE", apiKey: "UPDATE" },
  });
  expect(await (await start()).diffConfig(olds, olds)).toMatchObject({ changes: false });
});

test("a key of the stack's configuration is configured anew, since it may have become a secret", async () => {
  const inputs = { teamId: "42", apiKey: "one" };

  expect(await (await start()).diffConfig(inputs, inputs)).toMatchObject({ changes: true, details: {} });
  expect(await (await start()).diffConfig({ teamId: "42" }, { teamId: "42" })).toMatchObject({ changes: false });
});

test("the key of the environment is used and leaves no trace", async () => {
  const { inputs } = await (await start(service.environment)).checkConfig({});
  expect(inputs).toEqual({});
  await plugin?.configure();

  const { failures } = (await plugin?.check(SHOP, { url: "https://a.example.com", teamId: 42 })) ?? {};

  expect(failures).toEqual([]);
});

test("a missing key is said by each resource that needs one", async () => {
  await (await start()).configure();

  const { failures } = (await plugin?.check(SHOP, { url: "https://a.example.com", teamId: 42 })) ?? {};

  expect(failures).toEqual([{ property: "", reason: expect.stringContaining("the API key is missing") as string }]);
});

describe("an explicit provider", () => {
  const MIXED = /^endpoint is configured, but apiKey comes from the environment: both must come from one place\./;
  const other = { endpoint: "https://other.example.com" };

  test("does not send the environment's key to an endpoint of its own", async () => {
    const environment = { CRASHTEST_API_KEY: "key-of-anna-3e9a", CRASHTEST_ENDPOINT: "https://a.example.com" };

    expect(await reasonsOf(other, environment, "b")).toEqual([expect.stringMatching(MIXED)]);
    expect(await reasonsOf(other, environment, "default_b")).toEqual([expect.stringMatching(MIXED)]);
    expect(await reasonsOf(other, environment, "default_0_1_0")).toEqual([]);
  });

  test("is refused by each call, too: a destroy without the program does not check the configuration", async () => {
    await (
      await start({ CRASHTEST_API_KEY: "key-of-anna-3e9a" })
    ).configure({ endpoint: service.environment["CRASHTEST_ENDPOINT"] ?? "" }, "b");

    const state = { projectId: "7", url: "https://a.example.com", name: "shop", type: "webapp", teamId: "42" };
    await service.forgetRequests();
    await expect(plugin?.delete(SHOP, "7", state)).rejects.toMatchObject({
      details: expect.stringContaining("both must come from one place") as string,
    });
    expect(await service.requests()).toEqual([]);
  });

  test("does not read the stack's configuration", async () => {
    await (await start({ PULUMI_CONFIG: '{"crashtest:apiKey":"key"}' })).configure({}, "b");

    const { failures } = (await plugin?.check(SHOP, { url: "https://a.example.com", teamId: 42 })) ?? {};
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("the API key is missing") as string }]);
  });
});
