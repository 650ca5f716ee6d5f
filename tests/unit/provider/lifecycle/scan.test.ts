import { CrashtestError } from "../../../../errors/errors";
import { composeScanResourceId, scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import type { ScanInputs } from "../../../../provider/lifecycle/scan-inputs";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";
import { FakeService, NOW, SERVICE, WEBHOOK } from "./fake-service";

const BY_PROJECT: ScanInputs = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };
const BY_WEBHOOK: ScanInputs = { webhook: WEBHOOK, triggers: { "0": "aaa" }, whenRunning: "join" };
const BEFORE = "2025-12-31T00:00:00.000Z";

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

describe("check", () => {
  const check = (news: object) => scanLifecycle.check(service.context, {}, { ...news });

  test("holds the ID as digits and joins unless told otherwise", async () => {
    expect(await check({ projectId: 7, __provider: "x" })).toEqual({
      inputs: { projectId: "7", whenRunning: "join" },
      failures: [],
    });
  });

  test("tells all failures at once, and none repeats the webhook", async () => {
    service.problems.webhook = ["endpoint cannot be used"];

    const { failures } = await check({ projectId: "x", webhook: "s3cr3t", triggers: 7, whenRunning: "wait" });

    expect(failures.map(({ property }) => property)).toEqual([
      "projectId",
      "webhook",
      "triggers",
      "whenRunning",
      "projectId",
      "",
    ]);
    expect(JSON.stringify(failures)).not.toContain("s3cr3t");
  });

  test.each([
    ["neither", {}],
    ["both", { projectId: "7", webhook: WEBHOOK }],
  ])("refuses %s of projectId and webhook", async (_what, news) => {
    expect((await check(news)).failures).toEqual([
      { property: "projectId", reason: "or webhook must be set, but not both" },
    ]);
  });

  test("refuses restart by webhook", async () => {
    const { failures } = await check({ webhook: WEBHOOK, whenRunning: "restart" });

    expect(failures).toEqual([
      {
        property: "whenRunning",
        reason: 'cannot be "restart" by webhook, which cannot stop a scan: use "join", or projectId',
      },
    ]);
  });

  test.each([`https://api.example/webhook/${WEBHOOK}`, WEBHOOK.slice(1), `${WEBHOOK}0`, ""])(
    "refuses a webhook that is no UUID (%#)",
    async (webhook) => {
      expect((await check({ webhook })).failures).toContainEqual({
        property: "webhook",
        reason: "must be the UUID of a project's webhook, without the address before it",
      });
    },
  );

  test("lets values pass that a preview does not know", async () => {
    const unknown = { projectId: UNKNOWN, triggers: { "0": UNKNOWN }, whenRunning: UNKNOWN };

    expect(await check(unknown)).toEqual({ inputs: unknown, failures: [] });
  });

  test("a webhook needs no API key", async () => {
    service.problems.project = ["the API key is missing"];

    expect((await check({ webhook: WEBHOOK })).failures).toEqual([]);
    expect((await check({ projectId: 7 })).failures).toEqual([{ property: "", reason: "the API key is missing" }]);
  });
});

describe("create", () => {
  test("starts a scan and holds when", async () => {
    await expect(scanLifecycle.create(service.context, BY_PROJECT)).resolves.toEqual({
      id: "7/1",
      state: { ...BY_PROJECT, scanId: "1", joined: false, startedAt: NOW, service: SERVICE },
    });
  });

  test("joins somebody else's scan", async () => {
    service.begin();

    const { state } = await scanLifecycle.create(service.context, BY_PROJECT);

    expect(state).toMatchObject({ scanId: "1", joined: true });
    expect(service.calls).toEqual(['startScan {"projectId":"7"}']);
  });

  test("stops somebody else's scan and starts its own where it is to restart", async () => {
    service.begin();

    const { id, state } = await scanLifecycle.create(service.context, { ...BY_PROJECT, whenRunning: "restart" });

    expect(id).toBe("7/2");
    expect(state).toMatchObject({ scanId: "2", joined: false });
    expect(service.calls.slice(1)).toEqual(["stopScan 7 1", 'startScan {"projectId":"7"}']);
  });

  test("by webhook counts as joined, and its id holds no webhook", async () => {
    const { id, state } = await scanLifecycle.create(service.context, BY_WEBHOOK);

    expect(id).toBe("webhook/1");
    expect(state).toMatchObject({ webhook: WEBHOOK, scanId: "1", joined: true });
  });
});

test("the id is the project's and the first scan's, or no project's at all", () => {
  expect(composeScanResourceId({ projectId: "7" }, "5")).toBe("7/5");
  expect(composeScanResourceId({}, "5")).toBe("webhook/5");
});

test("read keeps the state and asks nobody", async () => {
  expect(await scanLifecycle.read(service.context, "7/1", { scanId: "5" })).toEqual({
    id: "7/1",
    state: { scanId: "5" },
  });
  expect(service.calls).toEqual([]);
});

describe("update", () => {
  const stateOf = (inputs: ScanInputs, joined: boolean): ScanResourceState => ({
    ...inputs,
    scanId: "1",
    joined,
    startedAt: BEFORE,
  });
  const update = (olds: ScanResourceState, news: ScanInputs) =>
    scanLifecycle.update(service.context, "7/1", olds, news);
  const changed = { ...BY_PROJECT, triggers: { "0": "bbb" } };

  test("stops its own running scan and starts anew", async () => {
    service.begin();

    const state = await update(stateOf(BY_PROJECT, false), changed);

    expect(state).toEqual({ ...changed, scanId: "2", joined: false, startedAt: NOW, service: SERVICE });
    expect(service.calls).toEqual(['startScan {"projectId":"7"}', "stopScan 7 1", 'startScan {"projectId":"7"}']);
  });

  test("starts anew where its own scan has ended", async () => {
    service.begin();
    service.end("finished");

    await expect(update(stateOf(BY_PROJECT, false), changed)).resolves.toMatchObject({ scanId: "2", joined: false });
    expect(service.calls).toEqual(['startScan {"projectId":"7"}']);
  });

  test("joins a scan that somebody else has started since", async () => {
    service.begin();
    service.end("finished");
    service.begin();

    await expect(update(stateOf(BY_PROJECT, false), changed)).resolves.toMatchObject({ scanId: "2", joined: true });
  });

  test("goes on with a scan that it had joined, since when it is known", async () => {
    service.begin();

    const state = await update(stateOf(BY_PROJECT, true), changed);

    expect(state).toEqual({ ...changed, scanId: "1", joined: true, startedAt: BEFORE, service: SERVICE });
  });

  test("stops a scan that it had joined where it is to restart", async () => {
    service.begin();

    const state = await update(stateOf(BY_PROJECT, true), { ...changed, whenRunning: "restart" });

    expect(state).toMatchObject({ scanId: "2", joined: false });
  });

  test("by webhook stops nothing", async () => {
    service.begin();

    await expect(update(stateOf(BY_WEBHOOK, true), BY_WEBHOOK)).resolves.toMatchObject({ scanId: "1", joined: true });
    expect(service.calls).toHaveLength(1);
  });

  test("holds the outputs whole where triggers went", async () => {
    const news: ScanInputs = { projectId: "7", whenRunning: "join" };

    const state = await update({ ...stateOf(BY_PROJECT, false), scanId: "5" }, news);

    expect(state).toEqual({ ...news, scanId: "1", joined: false, startedAt: NOW, service: SERVICE });
  });

  test("a start that is answered with the earlier scan's ID is none: the state stays, and the next update tries again", async () => {
    const olds = stateOf(BY_PROJECT, false);

    await expect(update(olds, changed)).rejects.toMatchObject({
      code: "UNEXPECTED_ANSWER",
      state: { ...olds, triggers: {} },
    });
  });

  test("gives up after a bounded number of restarts where others start scans as well", async () => {
    service.begin();
    service.isRestartedByOthers = true;

    await expect(update(stateOf(BY_PROJECT, false), { ...changed, whenRunning: "restart" })).rejects.toMatchObject({
      code: "SCAN_RESTARTED_ELSEWHERE",
    });
    expect(service.calls.filter((call) => call.startsWith("startScan"))).toHaveLength(4);
  });
});

describe("delete", () => {
  const remove = (state: object) => scanLifecycle.delete(service.context, "7/1", state as ScanResourceState);
  const own = { projectId: "7", scanId: "1", joined: false };

  test.each(["stopped", "notFound", "notRunning"] as const)("is done where its own scan is %s", async (answer) => {
    service.stopAnswer = answer;

    await expect(remove(own)).resolves.toBeUndefined();
    expect(service.calls).toEqual(["stopScan 7 1"]);
  });

  test("leaves a joined scan alone", async () => {
    await remove({ ...own, joined: true });

    expect(service.calls).toEqual([]);
  });

  test("by webhook stops nothing, whatever the state says", async () => {
    await remove({ webhook: WEBHOOK, scanId: "1", joined: false });

    expect(service.calls).toEqual([]);
  });

  test("fails with any other error, so that the state is kept", async () => {
    service.failures.set("stopScan", new CrashtestError({ code: "UNAUTHENTICATED", problem: "no" }));

    await expect(remove(own)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
