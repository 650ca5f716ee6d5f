import * as rpc from "@pulumi/pulumi/runtime/rpc";
import type { dynamic } from "@pulumi/pulumi";
import type { SettingSources } from "../../../provider/config/settings";
import { dynamicProvider, type DynamicProvider } from "../../../provider/engine/dynamic-provider";
import { CrashtestError } from "../../../provider/errors";
import { projectLifecycle } from "../../../provider/lifecycle/project";
import { scanLifecycle } from "../../../provider/lifecycle/scan";
import { FakeService, WEBHOOK } from "../lifecycle/fake-service";

const PROVIDER = { __provider: "exports.handler=..." };
const PROJECT = { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" };
const PLACEHOLDER = rpc.unknownValue;

let service: FakeService;
let sources: SettingSources[];
let project: DynamicProvider;
let scan: DynamicProvider;

const configuration = (values: Record<string, string>): dynamic.ConfigureRequest => ({
  config: { get: (key) => values[key], require: (key) => values[key] ?? "" },
});
const createService = (given: SettingSources): FakeService => {
  sources.push(given);
  return service;
};

beforeEach(async () => {
  service = new FakeService();
  sources = [];
  project = dynamicProvider(projectLifecycle, createService);
  scan = dynamicProvider(scanLifecycle, createService);
  await project.configure(configuration({ "crashtest:apiKey": "k" }));
  await scan.configure(configuration({ "crashtest:apiKey": "k" }));
});

describe("configure", () => {
  test("hands over the stack's configuration by its namespace, and the environment", () => {
    expect(sources[0]?.config("apiKey")).toBe("k");
    expect(sources[0]?.config("endpoint")).toBeUndefined();
    expect(sources[0]?.environment).toBe(process.env);
  });

  test("is enough before it has been awaited: the host lets other calls in meanwhile", async () => {
    const fresh = dynamicProvider(projectLifecycle, createService);

    const configuring = fresh.configure(configuration({}));
    const calls = [fresh.create({ ...PROJECT, ...PROVIDER }), fresh.create({ ...PROJECT, ...PROVIDER })];

    await expect(Promise.all(calls)).resolves.toHaveLength(2);
    await configuring;
  });

  test("is missed loudly", async () => {
    const fresh = dynamicProvider(projectLifecycle, createService);

    await expect(fresh.create(PROJECT)).rejects.toThrow("the engine did not configure the provider");
  });
});

describe("check", () => {
  test("takes the engine's placeholder for unknown and hands it back", async () => {
    const checked = await project.check({}, { ...PROJECT, url: PLACEHOLDER, ...PROVIDER });

    expect(checked).toEqual({ inputs: { ...PROJECT, url: PLACEHOLDER }, failures: [] });
  });

  test("names the property of a failure", async () => {
    const { failures } = await project.check({}, { ...PROJECT, url: "shop", ...PROVIDER });

    expect(failures).toEqual([{ property: "url", reason: "has to be an address such as https://shop.example.com" }]);
  });

  test("names no property where that is a secret, since the engine would print its value", async () => {
    const { failures } = await scan.check({}, { webhook: "s3cr3t", ...PROVIDER });

    expect(failures).toEqual([
      { property: "", reason: "webhook has to be the UUID of a project's webhook, without the address before it" },
    ]);
  });
});

test("diff meets the placeholder as a change", async () => {
  const olds = { ...PROJECT, projectId: "7", ...PROVIDER };

  await expect(project.diff("7", olds, { ...PROJECT, url: PLACEHOLDER, ...PROVIDER })).resolves.toEqual({
    changes: true,
    replaces: ["url"],
  });
});

describe("create and update", () => {
  test("give all outputs, without the provider's text", async () => {
    const created = await scan.create({ projectId: "7", triggers: { a: "1" }, whenRunning: "join", ...PROVIDER });

    expect(created).toEqual({
      id: "7/1",
      outs: {
        projectId: "7",
        triggers: { a: "1" },
        whenRunning: "join",
        scanId: "1",
        joined: false,
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      },
    });

    service.end("finished");
    const inputs = { projectId: "7", triggers: { a: "2" }, whenRunning: "join", ...PROVIDER };
    const updated = await scan.update("7/1", { ...created.outs, ...PROVIDER }, inputs);
    expect(Object.keys(updated.outs as object).sort()).toEqual(Object.keys(created.outs as object).sort());
    expect(updated.outs).toMatchObject({ scanId: "2", triggers: { a: "2" } });
  });

  test("the provider's text goes to no service", async () => {
    await project.create({ ...PROJECT, ...PROVIDER });

    expect(service.calls).toEqual([`createProject ${JSON.stringify(PROJECT)}`]);
  });

  test("the webhook stands in no id", async () => {
    const { id } = await scan.create({ webhook: WEBHOOK, whenRunning: "join", ...PROVIDER });

    expect(id).not.toContain(WEBHOOK);
  });
});

test("read keeps what is known", async () => {
  const read = await project.read("7", { ...PROJECT, ...PROVIDER });

  expect(read).toEqual({ id: "7", props: { ...PROJECT, projectId: "7" } });
});

test("delete reaches the service with what any earlier release may have left", async () => {
  await scan.delete("7/1", { projectId: "7", scanId: "1", joined: false, somethingOld: true, ...PROVIDER });

  expect(service.calls).toEqual(["stopScan 7 1"]);
});

describe("errors", () => {
  test("with a code have no stack frames, and their text", async () => {
    service.failures.set("deleteProject", new CrashtestError({ code: "CONFLICT", problem: "in the way" }));

    const error: unknown = await project.delete("7", {}).catch((caught: unknown) => caught);

    expect((error as Error).message).toBe("in the way.");
    expect((error as Error).stack).toBe("CONFLICT");
  });

  test("without a code keep their stack, since they are bugs", async () => {
    service.failures.set("deleteProject", new RangeError("a bug"));

    const error: unknown = await project.delete("7", {}).catch((caught: unknown) => caught);

    expect((error as Error).stack).toContain("dynamic-provider.test");
  });
});

test("a warning goes to the stack's diagnostics", async () => {
  const warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
  service.failures.set("getScanState", new Error("nobody there"));
  const inputs = { projectId: "7", triggers: {}, whenRunning: "join" };

  await scan.diff("7/1", { ...inputs, scanId: "1" }, inputs);

  expect(warn).toHaveBeenCalledWith(expect.stringContaining("warning: Scan 1 is taken for unchanged"));
  warn.mockRestore();
});
