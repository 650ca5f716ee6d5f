import type { LifecycleContext } from "../../../../provider/lifecycle/lifecycle";
import { projectLifecycle, type ProjectState } from "../../../../provider/lifecycle/project";
import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import { SERVICE_NAMES } from "../../../../service/rules";
import { connectOrRefuse } from "../../../../service/settings/connect";
import type { SettingName } from "../../../../service/settings/settings";
import { LoopbackServer, sendJson } from "../../service/crashtest/loopback-server";
import { API_ID, API_KEY, RUN_ID, TARGET_ID } from "../../service/veracode/mock-veracode";
import { NOW, WEBHOOK } from "./fake-service";

/** Answers everything as if it had never heard of it. */
let server: LoopbackServer;
beforeEach(async () => {
  server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 404, { message: "project_not_found", type: "urn:problem-type:veracode:dast:not-found" });
  });
});
afterEach(() => server.stop());

type Kind = "crashtest" | "veracode";

/** The lifecycles with settings that choose a service at the same address. */
function contextOf(kind: Kind): LifecycleContext {
  const config: Partial<Record<SettingName, string>> = {
    service: kind,
    endpoint: server.endpoint,
    apiKey: "k-1",
    veracodeApiId: API_ID,
    veracodeApiKey: API_KEY,
  };
  return {
    service: connectOrRefuse({ config: (name) => config[name], environment: {} }),
    now: () => new Date(NOW),
    tell: () => undefined,
    warn: () => undefined,
    readAddress: () => Promise.resolve({ problem: "nobody answers" }),
    specifications: new Map(),
  };
}

const PROJECTS: Record<Kind, { id: string; news: Record<string, unknown>; state: () => ProjectState }> = {
  crashtest: {
    id: "7",
    news: { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" },
    state: () => ({
      ...{ teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" },
      projectId: "7",
      service: { origin: server.endpoint },
    }),
  },
  veracode: {
    id: TARGET_ID,
    news: { url: "https://shop.example", name: "shop", type: "webapp", authorizedToScan: true },
    state: () => ({
      ...{ url: "https://shop.example", name: "shop", type: "webapp", authorizedToScan: true },
      projectId: TARGET_ID,
      service: { kind: "veracode", origin: server.endpoint },
    }),
  },
};

describe.each<[Kind, Kind]>([
  ["crashtest", "veracode"],
  ["veracode", "crashtest"],
])("what belongs to %s is refused with the settings of %s", (owner, set) => {
  const refusal = () =>
    expect.objectContaining({
      code: "OTHER_SERVICE",
      message: expect.stringMatching(
        new RegExp(
          `issued by ${SERVICE_NAMES[owner]} at ${server.endpoint}, but crashtest:service is ${set}. No request was sent. ` +
            `Set crashtest:service \\(CRASHTEST_SERVICE\\) to ${owner}`,
        ),
      ) as string,
    }) as Error;

  test("a project, by diff, read, update and delete", async () => {
    const { id, news, state } = PROJECTS[owner];
    const context = contextOf(set);
    const calls = [
      () => projectLifecycle.diff(context, id, state(), news),
      () => projectLifecycle.read(context, id, state()),
      () => projectLifecycle.update(context, id, state(), news as never),
      () => projectLifecycle.delete(context, id, state()),
    ];

    for (const call of calls) await expect((async () => call())()).rejects.toEqual(refusal());
    expect(server.requests).toEqual([]);
  });

  test.each([
    ["joined", { joined: true }],
    ["by webhook", { webhook: WEBHOOK, joined: true }],
    ["of its own", { joined: false }],
  ])("a scan that is %s, by diff, read, update and delete", async (_what, fields) => {
    const { id: projectId, state } = PROJECTS[owner];
    const inputs = { projectId, triggers: { "0": "aaa" }, whenRunning: "join" as const };
    const scanId = owner === "veracode" ? RUN_ID : "5";
    const { service } = state();
    const { projectId: _project, ...byWebhook } = inputs;
    const target = "webhook" in fields ? byWebhook : inputs;
    const scan: ScanResourceState = { ...target, ...fields, scanId, startedAt: NOW, ...(service && { service }) };
    const context = contextOf(set);

    await expect(scanLifecycle.diff(context, "x", scan, { ...target, ...fields })).rejects.toEqual(refusal());
    await expect(scanLifecycle.read(context, "x", scan)).rejects.toEqual(refusal());
    await expect(scanLifecycle.update(context, "x", scan, { ...target, ...fields })).rejects.toEqual(refusal());
    await expect(scanLifecycle.delete(context, "x", scan)).rejects.toEqual(refusal());
    expect(server.requests).toEqual([]);
  });
});

test("a state that names no service is not Veracode's", async () => {
  const { id, news, state } = PROJECTS.crashtest;
  const { service: _service, ...unnamed } = state();
  const context = contextOf("veracode");
  const code = "OTHER_SERVICE";

  await expect((async () => projectLifecycle.diff(context, id, unnamed, news))()).rejects.toMatchObject({ code });
  await expect(projectLifecycle.read(context, id, unnamed)).rejects.toMatchObject({ code });
  await expect(projectLifecycle.update(context, id, unnamed, news as never)).rejects.toMatchObject({ code });
  await expect(projectLifecycle.delete(context, id, unnamed)).rejects.toMatchObject({ code });
  expect(server.requests).toEqual([]);
});

test("a state that names no kind of service is Crashtest's", async () => {
  const { id, news, state } = PROJECTS.crashtest;

  await expect(projectLifecycle.diff(contextOf("crashtest"), id, state(), news)).resolves.toMatchObject({
    changes: false,
  });
});

test("the owner of a scan's project keeps its kind", async () => {
  const projectOwner = { kind: "veracode", origin: "https://api.veracode.com" };
  const news = { projectId: TARGET_ID, projectOwner };

  const { inputs } = await scanLifecycle.check(contextOf("veracode"), {}, news);

  expect(inputs["projectOwner"]).toEqual(projectOwner);
});
