import * as pulumi from "@pulumi/pulumi";
import type * as crashtest from "pulumi-crashtest";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { errorLike } from "./error-like";
import { forgetProgram, isSecret, RecordedProgram, secretWire, settled } from "./recorded-program";

const PROVIDER_TEXT = 'exports.handler=()=>require("pulumi-crashtest/provider/scan")';
/** Without triggers each run names itself. */
const A_RUN: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const WEBHOOK = "3f2b1c9a-7d4e-4c1b-9a53-0e6f8d2a7b11";

let program: RecordedProgram;

beforeEach(async () => {
  clearEnvironment();
  program = await RecordedProgram.start();
});

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

test("a scan is registered under the frozen type and provider text, and is deleted before it is replaced", async () => {
  const scan = new program.sdk.Scan("nightly", { projectId: 7, whenRunning: "restart" });

  const { type, inputs, deleteBeforeReplace } = await program.registered("nightly", scan);
  expect(type).toBe("pulumi-nodejs:dynamic/crashtest:Scan");
  expect(inputs).toEqual({ projectId: 7, whenRunning: "restart", runId: A_RUN, __provider: PROVIDER_TEXT });
  expect(deleteBeforeReplace).toBe(true);
});

test("deleteBeforeReplace cannot be switched off, and other options are kept", async () => {
  const shop = new program.sdk.Project("shop", { teamId: 42, url: "https://shop.example.com" });

  const scan = new program.sdk.Scan("nightly", { projectId: 7 }, { deleteBeforeReplace: false, parent: shop });

  const { deleteBeforeReplace, parent } = await program.registered("nightly", scan);
  expect({ deleteBeforeReplace, parent }).toEqual({ deleteBeforeReplace: true, parent: "shop" });
});

test.each<[string, readonly pulumi.Input<boolean | undefined>[], true | undefined]>([
  ["without a gate", [], undefined],
  ["with a gate that takes a scan of somebody else", [true], undefined],
  ["with one that says so only later", [pulumi.output(false)], undefined],
  ["with a gate that does not", [undefined], true],
  ["with one of two gates that does not", [true, false], true],
])("%s, a scan knows whether joining is of use", async (_what, settings, refusesJoined) => {
  const scan = new program.sdk.Scan("nightly", { projectId: 7, triggers: [] });
  for (const acceptJoined of settings) scan.noteGate(acceptJoined);

  expect((await program.registered("nightly", scan)).inputs["refusesJoined"]).toBe(refusesJoined);
});

test("scanId, joined and startedAt are outputs", async () => {
  const scan = new program.sdk.Scan("nightly", { projectId: 7 });

  expect(await settled(pulumi.all([scan.scanId, scan.joined, scan.startedAt]))).toEqual([
    "12",
    false,
    "2026-01-02T03:04:05.678Z",
  ]);
});

test.each<[string, pulumi.Input<string>]>([
  ["plain", WEBHOOK],
  ["as an output", pulumi.output(WEBHOOK)],
  ["as a secret", pulumi.secret(WEBHOOK)],
])("a webhook given %s is a secret as input and as output", async (_how, webhook) => {
  const scan = new program.sdk.Scan("nightly", { webhook });

  const { inputs } = await program.registered("nightly", scan);
  expect(inputs).toEqual({ webhook: secretWire(WEBHOOK), runId: A_RUN, __provider: PROVIDER_TEXT });
  expect(await isSecret(scan.webhook)).toBe(true);
});

describe("scanOnDeploy", () => {
  const ARGS = { teamId: 42, url: "https://shop.example.com" };

  test("true registers a scan beside the project, without triggers, of the project's ID", async () => {
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: true });

    const { type, inputs, parent, deleteBeforeReplace } = await program.registered("shop-scan", shop.scan);
    expect({ type, parent, deleteBeforeReplace }).toEqual({
      type: "pulumi-nodejs:dynamic/crashtest:Scan",
      parent: "",
      deleteBeforeReplace: true,
    });
    expect(inputs).toEqual({
      projectId: "7",
      projectUrn: await settled(shop.urn),
      runId: A_RUN,
      __provider: PROVIDER_TEXT,
    });
    expect(await settled(shop.scanId)).toBe("12");
  });

  test("is no input of the project itself", async () => {
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: { triggers: ["v1"] } });

    expect(Object.keys((await program.registered("shop", shop)).inputs)).not.toContain("scanOnDeploy");
    await program.registered("shop-scan", shop.scan);
  });

  test("hands triggers, as digests, and whenRunning on to the scan", async () => {
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: { triggers: [42], whenRunning: "restart" } });

    const { inputs } = await program.registered("shop-scan", shop.scan);
    expect(inputs["whenRunning"]).toBe("restart");
    expect(inputs["triggers"]).toEqual({ 0: "73475cb40a568e8da8a045ced110137e159f890ac4da883b6b17dc651b3a8049" });
  });

  test("with empty triggers keeps them, so that one scan is enough", async () => {
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: { triggers: [] } });

    expect((await program.registered("shop-scan", shop.scan)).inputs["triggers"]).toEqual({});
  });

  test.each(["scan", "scanId"] as const)("absent makes %s throw SCAN_ON_DEPLOY_NOT_CONFIGURED", async (getter) => {
    const shop = new program.sdk.Project("shop", ARGS);
    await settled(shop.urn);

    expect(() => shop[getter]).toThrow(
      errorLike({
        code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
        message: 'Project "shop" has no scan. Set scanOnDeploy: true on it, or declare a separate Scan.',
      }),
    );
    expect(program.registrations.map(({ name }) => name)).toEqual(["shop"]);
  });

  test("is not there for a project that was looked up", () => {
    const shop = program.sdk.Project.get("shop", "31");

    expect(() => shop.scanId).toThrow(errorLike({ code: "SCAN_ON_DEPLOY_NOT_CONFIGURED" }));
  });
});

describe("the project of a scan", () => {
  const projectOf = async (projectId: (shop: crashtest.Project) => pulumi.Input<string>) => {
    const shop = new program.sdk.Project("shop", { teamId: 42, url: "https://shop.example.com" });
    const scan = new program.sdk.Scan("nightly", { projectId: projectId(shop) });
    const { inputs } = await program.registered("nightly", scan);
    return { urn: inputs["projectUrn"], expected: await settled(shop.urn) };
  };

  test.each([
    ["projectId", (shop: crashtest.Project) => shop.projectId],
    ["id", (shop: crashtest.Project) => shop.id],
  ])("is known by its %s", async (_output, projectId) => {
    const { urn, expected } = await projectOf(projectId);

    expect(urn).toBe(expected);
  });

  test("is not known by a number", async () => {
    expect(await projectOf(() => "7")).toMatchObject({ urn: undefined });
  });
});
