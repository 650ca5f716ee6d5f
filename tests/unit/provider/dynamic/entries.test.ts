import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { DynamicProvider } from "../../../../provider/dynamic/dynamic-provider";
import * as projectEntry from "../../../../provider/project";
import * as scanEntry from "../../../../provider/scan";
import * as verdictEntry from "../../../../provider/verdict";
import { configureRequest } from "./recording-lifecycle";
import { isSetting, useEnvironmentWithout } from "./saved-environment";

const METHODS = ["check", "configure", "create", "delete", "diff", "read", "update"];
const PROJECT = { teamId: "42", url: "https://shop.example", name: "shop", __provider: "x" };
const SCAN = { projectId: "7", __provider: "x" };
const WEBHOOK = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
const NO_KEY = {
  property: "",
  reason: "the API key is missing: run `pulumi config set --secret crashtest:apiKey`, or set CRASHTEST_API_KEY",
};

useEnvironmentWithout(isSetting);

/** Nobody listens there. What only checks never gets so far. */
const configured = async <T extends DynamicProvider>(provider: T, config: Record<string, string> = {}): Promise<T> => {
  await provider.configure(configureRequest({ "crashtest:endpoint": "http://127.0.0.1:9", ...config }));
  return provider;
};

test.each<[string, DynamicProvider]>([
  ["project", projectEntry],
  ["scan", scanEntry],
  ["verdict", verdictEntry],
])("provider/%s exports the methods of a provider, and nothing else", (_name, entry) => {
  expect(Object.keys(entry).sort()).toEqual(METHODS);
  for (const method of Object.values(entry)) expect(method).toBeInstanceOf(Function);
});

test("the entries are three providers, each configured for itself", () => {
  expect(new Set([projectEntry.check, scanEntry.check, verdictEntry.check]).size).toBe(3);
});

describe("provider/project", () => {
  test("checks a project, with the type put in place", async () => {
    const entry = await configured(projectEntry, { "crashtest:apiKey": "k-1" });

    await expect(entry.check({}, PROJECT)).resolves.toEqual({
      inputs: { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" },
      failures: [],
    });
  });

  test("tells the missing key beside what else is wrong", async () => {
    const entry = await configured(projectEntry);

    const { failures } = await entry.check({}, { ...PROJECT, url: "shop" });

    expect(failures).toEqual([
      { property: "", reason: "url must be an address such as https://shop.example.com" },
      NO_KEY,
    ]);
  });

  test("takes the key from the environment", async () => {
    process.env["CRASHTEST_API_KEY"] = "k-1";
    const entry = await configured(projectEntry);

    await expect(entry.check({}, PROJECT)).resolves.toMatchObject({ failures: [] });
  });

  test("does not let the engine print the password of an address", async () => {
    const entry = await configured(projectEntry, { "crashtest:apiKey": "k-1" });

    const { failures } = await entry.check({}, { ...PROJECT, url: "https://me:s3cr3t@shop.example" });

    expect(failures).toEqual([{ property: "", reason: "url must not contain a user name or password" }]);
  });

  test("previews a project whose address is not known yet", async () => {
    const entry = await configured(projectEntry, { "crashtest:apiKey": "k-1" });

    const checked = entry.check({}, { ...PROJECT, url: unknownValue });

    await expect(checked).resolves.toMatchObject({ inputs: { url: unknownValue }, failures: [] });
  });

  test("previews an adopted project whose address is not known yet as unchanged", async () => {
    const entry = await configured(projectEntry, { "crashtest:apiKey": "k-1" });
    const news = { ...PROJECT, type: "webapp", adoptProjectId: "7", url: unknownValue };

    const difference = await entry.diff("7", { ...PROJECT, type: "webapp", projectId: "7" }, news);

    expect(difference).toEqual({ changes: false, replaces: [] });
  });

  test("refuses a change of an adopted project without a stack", async () => {
    const entry = await configured(projectEntry, { "crashtest:apiKey": "k-1" });

    const refused = entry.diff("7", PROJECT, { ...PROJECT, name: "other", adoptProjectId: "7" });

    await expect(refused).rejects.toMatchObject({ code: "ARGUMENT_INVALID", stack: "ARGUMENT_INVALID" });
  });
});

describe("provider/scan", () => {
  test("checks a scan by project, which needs a key", async () => {
    const entry = await configured(scanEntry);

    await expect(entry.check({}, SCAN)).resolves.toEqual({
      inputs: { projectId: "7", whenRunning: "join" },
      failures: [NO_KEY],
    });
  });

  test("checks a scan by webhook, which needs none", async () => {
    const entry = await configured(scanEntry);

    await expect(entry.check({}, { webhook: WEBHOOK })).resolves.toMatchObject({ failures: [] });
  });

  test("tells a wrong webhook without property and value", async () => {
    const entry = await configured(scanEntry);

    const { failures } = await entry.check({}, { webhook: `https://api.example/${WEBHOOK}` });

    expect(failures).toEqual([
      { property: "", reason: "webhook must be the UUID of a project's webhook, without the address before it" },
    ]);
  });
});

describe("provider/verdict", () => {
  const verdict = { passed: true, reason: "passed", message: "gate open.", scanId: "31", missingScanners: [] };

  test("checks a verdict, which needs no key", async () => {
    const entry = await configured(verdictEntry);

    await expect(entry.check({}, { verdict, advisory: false, __provider: "x" })).resolves.toEqual({
      inputs: { verdict, advisory: false },
      failures: [],
    });
  });

  test("fails with the message of a gate that is closed", async () => {
    const entry = await configured(verdictEntry);
    const closed = { ...verdict, passed: false, reason: "findings", message: "gate closed." };

    const { failures } = await entry.check({}, { verdict: closed, advisory: false });

    expect(failures).toEqual([{ property: "", reason: "gate closed." }]);
  });

  test("previews a verdict that is not there yet", async () => {
    const entry = await configured(verdictEntry);

    const checked = entry.check({}, { verdict: unknownValue, advisory: unknownValue });

    await expect(checked).resolves.toEqual({
      inputs: { verdict: unknownValue, advisory: unknownValue },
      failures: [],
    });
  });
});
