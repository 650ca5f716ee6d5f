import { scannedYaml, writeYaml, yamlStack, type YamlProgram } from "./stack/plugin-stack";
import { CLEAN } from "./stack/scans";
import { API_KEY, TestService } from "./stack/service";
import { SECRET_SIGNATURE } from "./stack/stack";

const OTHER_KEY = "key-of-another-account-5b1d";
const PASSWORD = "password-of-the-scanner-91c3";
const TOKEN = "token-among-the-triggers-4e8a";

/** What a secret is in a state: encrypted. */
const encrypted = { [SECRET_SIGNATURE]: expect.any(String) as string };

test("an unknown setting is refused, and then a plain key, before anything is asked; a secret key is encrypted in the state", async () => {
  const service = await TestService.start({ default: CLEAN });
  const stack = await yamlStack(scannedYaml(), { CRASHTEST_ENDPOINT: service.url });
  await stack.well("config", "set", "crashtest:teamId", "42");
  await stack.well("config", "set", "crashtest:apiKey", API_KEY);
  await stack.well("config", "set", "crashtest:apiKei", "x");

  const unknown = await stack.upFails();
  await stack.well("config", "rm", "crashtest:apiKei");
  const preview = await stack.pulumi("preview");
  const plain = await stack.upFails();
  const asked = await service.takeLog();
  await stack.well("config", "set", "--secret", "crashtest:apiKey", API_KEY);
  await stack.up();
  await stack.up("--expect-no-changes");

  expect(unknown).toContain("crashtest:apiKei is not a setting: expected service, ");
  expect(preview.exitCode).not.toBe(0);
  for (const output of [preview.output, plain]) {
    expect(output).toContain("crashtest:apiKey is stored in plain text, but must be a secret");
    expect(output).not.toContain(API_KEY);
  }
  expect(asked).toEqual([]);
  expect(stack.state().text).not.toContain(API_KEY);
  const provider = stack.state().resources.find(({ type }) => type === "pulumi:providers:crashtest");
  expect(provider?.inputs).toMatchObject({ teamId: "42", apiKey: encrypted });
  await stack.well("destroy", "--yes", "--skip-preview");
  expect(await service.projectIds()).toEqual([]);
});

test("a key from the environment leaves no trace; login, webhook and secret triggers are encrypted in the state", async () => {
  const service = await TestService.start({ default: CLEAN });
  const withLogin = {
    triggers: [1, { "fn::secret": TOKEN }],
    login: { basic: { username: "me", password: PASSWORD } },
  };
  const stack = await yamlStack(scannedYaml({ scan: withLogin }), service.environment);
  await stack.up();
  const webhook = await service.webhookOf("1");
  const { resources, outputs } = scannedYaml({ scan: withLogin });
  const byWebhook = {
    type: "crashtest:Scan",
    properties: { webhook, triggers: [] },
    options: { dependsOn: ["${nightly}"] },
  };
  writeYaml(stack, { resources: { ...resources, byWebhook }, ...(outputs && { outputs }) });

  const output = await stack.up();
  await stack.up("--expect-no-changes");

  const { text } = stack.state();
  for (const secret of [API_KEY, PASSWORD, TOKEN, webhook]) {
    expect(text).not.toContain(secret);
    expect(output).not.toContain(secret);
  }
  const { inputs, outputs: state } = stack.resource("nightly");
  expect(inputs).toMatchObject({ login: encrypted, triggers: { "0": expect.any(String) as string, "1": encrypted } });
  expect(state).toMatchObject({ triggers: { "0": expect.any(String) as string, "1": encrypted } });
  expect(state).not.toHaveProperty("login");
  expect(stack.resource("byWebhook").outputs).toMatchObject({ webhook: encrypted });
});

/** A project by a provider that the program declares, with these settings. */
const explicit = (settings: object): YamlProgram => ({
  resources: {
    own: { type: "pulumi:providers:crashtest", properties: { teamId: "42", ...settings } },
    shop: {
      type: "crashtest:Project",
      properties: { url: "http://127.0.0.1:9/" },
      options: { provider: "${own}" },
    },
  },
});

test("an explicit provider has its settings from its inputs and the environment, never from the stack's configuration", async () => {
  const [own, ofStack] = [await TestService.start(), await TestService.start()];
  // By the schema a key that is given as plain text is a secret.
  const stack = await yamlStack(explicit({ endpoint: own.url, apiKey: API_KEY }), {});
  await stack.well("config", "set", "crashtest:endpoint", ofStack.url);
  await stack.well("config", "set", "--secret", "crashtest:apiKey", OTHER_KEY);
  await stack.well("config", "set", "crashtest:maxRequestsInFlight", "not-a-number");

  await stack.up();

  expect(await own.projectNames()).toEqual(["shop"]);
  expect(await ofStack.requests()).toEqual([]);
  expect(stack.state().text).not.toContain(API_KEY);
});

test("key and endpoint of an explicit provider come from one place: no key reaches another account's service", async () => {
  const [own, ofEnvironment] = [await TestService.start(), await TestService.start()];
  const stack = await yamlStack(explicit({ endpoint: own.url }), ofEnvironment.environment);

  const keyOfEnvironment = await stack.upFails();
  writeYaml(stack, explicit({ apiKey: { "fn::secret": OTHER_KEY } }));
  const endpointOfEnvironment = await stack.upFails();

  for (const output of [keyOfEnvironment, endpointOfEnvironment]) {
    expect(output).toMatch(/endpoint.*apiKey|apiKey.*endpoint/);
    expect(output).not.toContain(API_KEY);
    expect(output).not.toContain(OTHER_KEY);
  }
  expect(await own.requests()).toEqual([]);
  expect(await ofEnvironment.requests()).toEqual([]);
});
