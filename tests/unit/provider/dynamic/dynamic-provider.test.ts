import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { dynamicProvider, type DynamicProvider } from "../../../../provider/dynamic/dynamic-provider";
import { CrashtestError } from "../../../../errors/errors";
import { type LifecycleContext, UNKNOWN, UnfinishedUpdate } from "../../../../provider/lifecycle/lifecycle";
import { configureRequest, RecordingLifecycle, SERVICE } from "./recording-lifecycle";

const TEXT = 'exports.handler=()=>require("x")';
const OLDS = { url: "https://old.example", __provider: TEXT };
const NEWS = { url: "https://new.example", __provider: TEXT };

let lifecycle: RecordingLifecycle;
let provider: DynamicProvider;
beforeEach(async () => {
  lifecycle = new RecordingLifecycle();
  provider = dynamicProvider(lifecycle, () => SERVICE);
  await provider.configure(configureRequest());
});

/** Each method by its name, as the host calls it. */
const CALLS = Object.entries<(of: DynamicProvider) => Promise<unknown>>({
  check: (of) => of.check(OLDS, NEWS),
  diff: (of) => of.diff("7", OLDS, NEWS),
  create: (of) => of.create(NEWS),
  read: (of) => of.read("7", OLDS),
  update: (of) => of.update("7", OLDS, NEWS),
  delete: (of) => of.delete("7", OLDS),
});

describe("configure", () => {
  test("makes the service once, from the stack's configuration and the environment", async () => {
    const createService = jest.fn(() => SERVICE);
    const fresh = dynamicProvider(lifecycle, createService);

    await fresh.configure(configureRequest());
    await Promise.all(CALLS.map(([, call]) => call(fresh)));

    expect(createService).toHaveBeenCalledTimes(1);
    expect(createService).toHaveBeenCalledWith({ config: expect.any(Function) as unknown, environment: process.env });
  });

  test("hands out the configuration of this package's namespace", async () => {
    const seen: unknown[] = [];
    const fresh = dynamicProvider(lifecycle, ({ config }) => {
      seen.push(config("teamId"), config("endpoint"));
      return SERVICE;
    });

    await fresh.configure(configureRequest({ "crashtest:teamId": "42", endpoint: "other", "aws:endpoint": "other" }));

    expect(seen).toEqual(["42", undefined]);
  });

  test.each(CALLS)("need not have been awaited before %s", async (_name, call) => {
    const fresh = dynamicProvider(lifecycle, () => SERVICE);

    const configured = fresh.configure(configureRequest());
    const called = call(fresh);

    await expect(Promise.all([configured, called])).resolves.toHaveLength(2);
  });

  test.each(CALLS)("has to have been called before %s", async (_name, call) => {
    const fresh = dynamicProvider(lifecycle, () => SERVICE);

    await expect(call(fresh)).rejects.toThrow("the engine has not configured the provider");
    expect(lifecycle.calls).toEqual([]);
  });

  test("gives lifecycles the time, the service, and warnings that the engine shows", async () => {
    const shown = jest.spyOn(console, "warn").mockReturnValue(undefined);
    const contexts: LifecycleContext[] = [];
    jest.spyOn(lifecycle, "read").mockImplementation((context, id, state) => {
      contexts.push(context as LifecycleContext);
      return Promise.resolve({ id, state });
    });

    await provider.read("7", {});
    contexts[0]?.warn("no answer");

    expect(contexts[0]?.service).toBe(SERVICE);
    expect(contexts[0]?.now()).toBeInstanceOf(Date);
    expect(shown.mock.calls).toEqual([["warning: no answer"]]);
    shown.mockRestore();
  });
});

describe("the provider's text", () => {
  test.each(CALLS)("is not among the values of %s", async (_name, call) => {
    await call(provider);

    expect(lifecycle.calls).toHaveLength(1);
    expect(JSON.stringify(lifecycle.calls)).not.toContain("__provider");
    expect(JSON.stringify(lifecycle.calls)).toMatch(/(old|new)\.example/);
  });

  test("stays in the values that the host keeps", async () => {
    await provider.create(NEWS);

    expect(NEWS.__provider).toBe(TEXT);
  });
});

describe("what the host gets", () => {
  test("of create: the id and all outputs", async () => {
    await expect(provider.create(NEWS)).resolves.toEqual({ id: "7", outs: { url: NEWS.url, projectId: "7" } });
  });

  test("of update: all outputs", async () => {
    const updated = provider.update("7", { ...OLDS, projectId: "7" }, NEWS);

    await expect(updated).resolves.toEqual({ outs: { url: NEWS.url, projectId: "7" } });
  });

  test("of read: the id and all properties", async () => {
    await expect(provider.read("7", OLDS)).resolves.toEqual({ id: "7", props: { url: OLDS.url, projectId: "7" } });
  });

  test("of diff: what the lifecycle decided", async () => {
    await expect(provider.diff("7", OLDS, NEWS)).resolves.toEqual({ changes: true, replaces: ["url"] });
  });

  test("of delete: nothing", async () => {
    await expect(provider.delete("7", OLDS)).resolves.toBeUndefined();
  });
});

describe("what somebody else wrote", () => {
  const HOSTILE = "<{%zzz%}>\u001B[2J";
  const PLAIN = "\uFFFD{%zzz%}>\uFFFD[2J";

  test.each(CALLS)("an error of %s is one that the engine can print", async (_name, call) => {
    lifecycle.failure = new TypeError(HOSTILE);

    const error = (await call(provider).catch((thrown: unknown) => thrown)) as Error;

    expect(error.message).toBe(PLAIN);
    expect(error.stack).toContain(PLAIN);
    expect(error.stack).not.toContain("<{%");
  });

  test("what is thrown and no error is one, too", async () => {
    jest.spyOn(lifecycle, "create").mockRejectedValue(HOSTILE);

    await expect(provider.create(NEWS)).rejects.toMatchObject({ message: PLAIN });
  });

  test("the reasons of an unfinished update are printable", async () => {
    jest.spyOn(lifecycle, "update").mockRejectedValue(new UnfinishedUpdate({}, new Error(HOSTILE)));

    await expect(provider.update("7", OLDS, NEWS)).rejects.toMatchObject({ message: PLAIN, reasons: [PLAIN] });
  });

  test("so are failures of check", async () => {
    lifecycle.failures = [{ property: "name", reason: HOSTILE }];

    await expect(provider.check(OLDS, NEWS)).resolves.toMatchObject({ failures: [{ reason: `name ${PLAIN}` }] });
  });

  test("the colours of a table of findings stay in those, and no others", async () => {
    lifecycle.failures = [{ property: "", reason: "<{%fg 1%}>critical<{%reset%}> <{%zzz%}>" }];

    await expect(provider.check(OLDS, NEWS)).resolves.toMatchObject({
      failures: [{ reason: "<{%fg 1%}>critical<{%reset%}> \uFFFD{%zzz%}>" }],
    });
  });

  test("so is what is told", async () => {
    const shown = (["log", "warn"] as const).map((how) => jest.spyOn(console, how).mockReturnValue(undefined));
    jest.spyOn(lifecycle, "read").mockImplementation((context, id, state) => {
      (context as LifecycleContext).tell(HOSTILE);
      (context as LifecycleContext).warn(HOSTILE);
      return Promise.resolve({ id, state });
    });

    await provider.read("7", {});

    expect(shown.flatMap(({ mock }) => mock.calls)).toEqual([[PLAIN], [`warning: ${PLAIN}`]]);
    for (const spy of shown) spy.mockRestore();
  });
});

describe("unknown values", () => {
  const news = { url: unknownValue, triggers: { image: unknownValue } };
  const held = { url: UNKNOWN, triggers: { image: UNKNOWN } };

  test("reach check as the lifecycles' word and leave it as the SDK's", async () => {
    const checked = provider.check({}, news);

    await expect(checked).resolves.toMatchObject({ inputs: news });
    expect(lifecycle.calls).toEqual([["check", {}, held]]);
  });

  test("reach diff as the lifecycles' word", async () => {
    await provider.diff("7", {}, news);

    expect(lifecycle.calls).toEqual([["diff", "7", {}, held]]);
  });
});

describe("failures of check", () => {
  test.each([
    [
      "begin with the property and name none to the engine, which would print its value",
      { property: "url", reason: "is odd" },
      { property: "", reason: "url is odd" },
    ],
    ["of no property are the reason alone", { property: "", reason: "no key" }, { property: "", reason: "no key" }],
  ])("%s", async (_fact, failure, shown) => {
    lifecycle.failures = [failure];

    const { failures } = await provider.check({}, NEWS);

    expect(failures).toEqual([shown]);
  });
});

describe("errors", () => {
  test.each(CALLS)("with a code have no stack frames (%s)", async (_name, call) => {
    lifecycle.failure = new CrashtestError({ code: "FORBIDDEN", problem: "Not your team", remedy: "Ask its owner." });

    const error = await call(provider).catch((thrown: unknown) => thrown);

    expect(error).toBe(lifecycle.failure);
    expect(error).toMatchObject({ message: "Not your team. Ask its owner.", code: "FORBIDDEN", stack: "FORBIDDEN" });
  });

  test.each(CALLS)("without a code keep their stack, for they are bugs (%s)", async (_name, call) => {
    lifecycle.failure = new RangeError("a bug");

    const error = await call(provider).catch((thrown: unknown) => thrown);

    expect((error as Error).stack).toContain("dynamic-provider.test.ts");
  });

  test.each(CALLS)("carry no id, which would make a half-made resource of it (%s)", async (_name, call) => {
    lifecycle.failure = new CrashtestError({ code: "SERVER_ERROR", problem: "broken" });

    const error = await call(provider).catch((thrown: unknown) => thrown);

    expect(error).toBe(lifecycle.failure);
    expect(error).not.toHaveProperty("id");
    expect(error).not.toHaveProperty("properties");
  });
});
