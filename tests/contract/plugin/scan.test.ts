import type { Metadata } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { createHash } from "node:crypto";
import { ContractService } from "../contract-service";
import { archive, asset, output, PluginClient, reference, secret, UNKNOWN, urnOf, type Wire } from "./plugin-client";

let service: ContractService;
let plugin: PluginClient;
let projectId: string;

beforeAll(async () => {
  service = await ContractService.start();
  plugin = await PluginClient.configured(service.environment);
  ({ projectId } = await service.createProject(true));
});

beforeEach(() => service.forgetRequests());

afterAll(async () => {
  plugin.close();
  await service.close();
});

const SCAN = urnOf("Scan", "nightly");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const CONTENT = "crashtest-content-7b1e4a52-9d3c-4f0e-8a66-2c5d10b7f3e9";

async function checkedTriggers(triggers: unknown): Promise<unknown> {
  const { inputs, failures } = await plugin.check(SCAN, { projectId, triggers } as Wire);
  expect(failures).toEqual([]);
  return inputs["triggers"];
}

/** What the engine learns of a resource that exists, although the call failed. */
function initFailureIn(error: unknown): ErrorResourceInitFailed | undefined {
  const { metadata } = error as { metadata: Metadata };
  const [details] = metadata.get("grpc-status-details-bin");
  const [packed] = Status.deserializeBinary(details as Buffer).getDetailsList();
  const parse = (bytes: Uint8Array) => ErrorResourceInitFailed.deserializeBinary(bytes);
  return packed?.unpack(parse, "pulumirpc.ErrorResourceInitFailed") ?? undefined;
}

async function started(inputs: Wire) {
  const checked = await plugin.check(SCAN, { projectId, ...inputs });
  expect(checked.failures).toEqual([]);
  return { inputs: checked.inputs, ...(await plugin.create(SCAN, checked.inputs)) };
}

describe("triggers", () => {
  test("are digests by index or name, those of a TypeScript program", async () => {
    expect(await checkedTriggers(["v1", 42, { b: 1, a: [true] }])).toEqual({
      0: sha256('"v1"'),
      1: sha256("42"),
      2: sha256('{"a":[true],"b":1}'),
    });
    expect(await checkedTriggers({ image: "v1", "äöü-版本": null })).toEqual({
      image: sha256('"v1"'),
      "äöü-版本": sha256("null"),
    });
  });

  test("that are or contain a secret have a secret digest, and their neighbours do not", async () => {
    const triggers = { plain: "v1", secret: secret("v2"), nested: { deep: [secret("v3")] } };

    expect(await checkedTriggers(triggers)).toEqual({
      plain: sha256('"v1"'),
      secret: secret(sha256('"v2"')),
      nested: secret(sha256('{"deep":["v3"]}')),
    });
    expect(await checkedTriggers(secret(["v1"]))).toEqual(secret({ 0: sha256('"v1"') }));
  });

  test("that the program ignores are those of the last deployment: the engine sends their digests", async () => {
    const triggers = { build: "v1", token: secret("v2") };
    const { inputs } = await plugin.check(SCAN, { projectId, triggers });
    const kept = inputs["triggers"] as Wire;

    const ignored = await plugin.check(SCAN, { projectId, triggers: kept }, inputs);
    expect(ignored.inputs["triggers"]).toEqual(kept);
    const one = { ...triggers, build: kept["build"] ?? "" };
    expect((await plugin.check(SCAN, { projectId, triggers: one }, inputs)).inputs["triggers"]).toEqual(kept);
    // A digest of something else is a value.
    const other = await plugin.check(SCAN, { projectId, triggers: { build: sha256("v1") } }, inputs);
    expect(other.inputs["triggers"]).toEqual({ build: sha256(`"${sha256("v1")}"`) });
  });

  test("that a preview does not know are unknown alone", async () => {
    const triggers = { known: "v1", unknown: UNKNOWN, nested: { deep: [output({})] } };

    expect(await checkedTriggers(triggers)).toEqual({ known: sha256('"v1"'), unknown: UNKNOWN, nested: UNKNOWN });
    expect(await checkedTriggers(UNKNOWN)).toBe(UNKNOWN);
  });

  test("that are assets and archives have the digest of their hashes, assets that of a TypeScript program", async () => {
    const hash = sha256("content");
    const triggers = { file: asset({ hash, path: "app.js" }), inside: [archive({ hash, path: "app.zip" })] };

    expect(await checkedTriggers(triggers)).toEqual({
      file: sha256(`{"${CONTENT}":"file:${hash}"}`),
      inside: sha256(`[{"${CONTENT}":"archive:${hash}"}]`),
    });
  });

  test("that would never change are refused", async () => {
    const triggers = { shop: { project: reference(urnOf("Project", "shop")) } };
    const { failures } = await plugin.check(SCAN, { projectId, triggers });

    expect(failures).toEqual([
      {
        property: "",
        reason: "Trigger shop.project is a resource, of which only its name is known here. Give one of its outputs.",
      },
    ]);
  });
});

test("a preview starts nothing, and says that a scan will start", async () => {
  const { inputs } = await plugin.check(SCAN, { projectId: UNKNOWN, triggers: ["v1"] });
  const { id, state } = await plugin.create(SCAN, inputs, true);

  expect(id).toBe("");
  expect(state).toEqual({
    projectId: UNKNOWN,
    triggers: { 0: sha256('"v1"') },
    whenRunning: "join",
    refusesJoined: true,
    scanId: UNKNOWN,
    joined: UNKNOWN,
    startedAt: UNKNOWN,
    service: UNKNOWN,
  });
  expect(plugin.textsOn(SCAN)).toEqual(["a scan will start"]);
  expect(await service.requests()).toEqual([]);
});

test("a scan is started, is unchanged, follows a changed trigger, and is stopped", async () => {
  const { inputs, id, state } = await started({ triggers: { build: "v1", "other one": "x" } });
  expect(state).toMatchObject({ projectId, joined: false, triggers: { build: sha256('"v1"') } });
  expect(await plugin.diff(SCAN, id, { olds: state, oldInputs: inputs, news: inputs })).toMatchObject({
    changes: false,
  });

  const { inputs: news } = await plugin.check(SCAN, { projectId, triggers: { build: "v2", "a new one": 1 } }, inputs);
  expect(await plugin.diff(SCAN, id, { olds: state, oldInputs: inputs, news })).toEqual({
    changes: true,
    replaces: [],
    deleteBeforeReplace: false,
    details: { "triggers.build": "UPDATE", 'triggers["other one"]': "DELETE", 'triggers["a new one"]': "ADD" },
  });
  expect(plugin.textsOn(SCAN).at(-1)).toMatch(
    /^Another scan follows scan \d+ of project \d+: trigger build, other one, a new one changed\.$/,
  );
  const foreseen = await plugin.update(SCAN, id, state, news, true);
  expect(foreseen).toMatchObject({ scanId: UNKNOWN, triggers: { build: sha256('"v2"') } });

  const updated = await plugin.update(SCAN, id, state, news);
  expect(Number(updated["scanId"])).toBeGreaterThan(Number(state["scanId"]));
  await plugin.delete(SCAN, id, updated);
  expect((await service.lastRequest())?.operation).toBe("stopScan");
});

test("one that is replaced by another resource, which has joined its running scan, is deleted without stopping it", async () => {
  const { inputs, id, state } = await started({ triggers: ["v1"] });
  const replacing = await plugin.check(SCAN, { projectId, triggers: ["v1"] });
  const { state: joining } = await plugin.create(SCAN, replacing.inputs);
  expect(joining).toMatchObject({ scanId: state["scanId"], joined: true });
  await service.forgetRequests();

  await plugin.delete(SCAN, id, state);
  expect(await service.requests()).toEqual([]);

  await plugin.check(SCAN, inputs);
  await plugin.delete(SCAN, id, state);
  expect((await service.lastRequest())?.operation).toBe("stopScan");
});

test("without triggers each deployment scans", async () => {
  const { inputs, id, state } = await started({});

  const difference = await plugin.diff(SCAN, id, { olds: state, oldInputs: inputs, news: inputs });

  expect(difference).toMatchObject({ changes: true, details: {} });
  expect(plugin.textsOn(SCAN).at(-1)).toMatch(/without triggers each deployment scans\.$/);
  await plugin.delete(SCAN, id, state);
});

test("another project replaces a scan, which is deleted first", async () => {
  const { inputs, id, state } = await started({ triggers: [] });
  const { inputs: news } = await plugin.check(SCAN, { projectId: UNKNOWN, triggers: [] }, inputs);

  expect(await plugin.diff(SCAN, id, { olds: state, oldInputs: inputs, news })).toMatchObject({
    replaces: ["projectId"],
    deleteBeforeReplace: true,
    details: { projectId: "UPDATE_REPLACE" },
  });
  await plugin.delete(SCAN, id, state);
});

test("a webhook and a login are secrets even if they are given as plain text, and a login is never an output", async () => {
  const { webhook } = await service.createProject(true);
  const basic = { username: "scanner", password: "swordfish" };
  const { inputs, failures } = await plugin.check(SCAN, { webhook, triggers: [] });
  const { state } = await plugin.create(SCAN, inputs);
  expect([failures, inputs["webhook"], state["webhook"]]).toEqual([[], secret(webhook), secret(webhook)]);

  const { inputs: withLogin } = await plugin.check(SCAN, { projectId, triggers: [], login: { basic } });
  const foreseen = await plugin.create(SCAN, withLogin, true);
  expect(withLogin["login"]).toEqual(secret({ basic }));
  expect(foreseen.state).not.toHaveProperty("login");
  expect(foreseen.state).toMatchObject({ loginKinds: ["basic"] });
});

test("a scan names the project that is gone, with the URN that this run has seen", async () => {
  const urn = urnOf("Project", "gone");
  const { inputs } = await plugin.check(urn, { url: "https://gone.example.com", teamId: "42" });
  const gone = await plugin.create(urn, inputs);
  await plugin.delete(urn, gone.id, gone.state);

  await expect(started({ projectId: gone.id, triggers: [] })).rejects.toMatchObject({
    details: expect.stringContaining(`pulumi up --replace '${urn}'`) as string,
  });
});

test("an update that fails keeps the scan without its triggers, and its webhook as a secret", async () => {
  const { webhook } = await service.createProject(true);
  const { inputs } = await plugin.check(SCAN, { webhook, triggers: ["v1"] });
  const { id, state } = await plugin.create(SCAN, inputs);
  const { inputs: news } = await plugin.check(SCAN, { webhook, triggers: ["v2"] }, inputs);
  await service.addFault({ operation: "startWebhookScan", kind: "status", status: 403 });

  const failure = await plugin.update(SCAN, id, state, news).catch((error: unknown) => error);

  const unfinished = initFailureIn(failure);
  const kept = { scanId: state["scanId"], triggers: {}, webhook: secret(webhook) };
  expect([unfinished?.getId(), unfinished?.getProperties()?.toJavaScript()]).toMatchObject([id, kept]);
  expect(unfinished?.getReasonsList()).toEqual([expect.stringContaining("Could not start a scan")]);
  expect(unfinished?.hasInputs()).toBe(false);

  const { inputs: again } = await plugin.check(SCAN, { webhook, triggers: ["v2"] }, inputs);
  const olds = unfinished?.getProperties()?.toJavaScript() ?? {};
  expect(await plugin.diff(SCAN, id, { olds, oldInputs: inputs, news: again })).toMatchObject({ changes: true });
});

test("a scan cannot be imported or looked up", async () => {
  const problem = {
    details: expect.stringContaining("crashtest:index:Scan cannot be imported or looked up") as string,
  };

  await expect(plugin.read(SCAN, "7/31")).rejects.toMatchObject(problem);
  await expect(plugin.read(SCAN, "7/31", { state: {}, inputs: {} })).rejects.toMatchObject(problem);
});
