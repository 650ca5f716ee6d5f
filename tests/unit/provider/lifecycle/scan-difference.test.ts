import { CrashtestError } from "../../../../errors/errors";
import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import { changedTriggers, decideDifference, endedBadly } from "../../../../provider/lifecycle/scan-difference";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";
import type { ScanState as State } from "../../../../service/scan-status";
import { FakeService, WEBHOOK } from "./fake-service";

const INPUTS = { projectId: "7", triggers: { image: "aaa", build: "bbb" }, whenRunning: "join" };

const NO_TRIGGERS = "without triggers each deployment scans";
const replaced = (...inputs: string[]) => ({ kind: "replace", inputs, because: `${inputs.join(", ")} changed` });
const updated = (because: string, isCertain = true) => ({ kind: "update", because, isCertain });
const unknown = (names: string) => updated(`trigger ${names} is known only after the deployment`, false);

describe("decideDifference", () => {
  test.each<[string, object, object, object]>([
    ["nothing changed", INPUTS, INPUTS, { kind: "askStatus" }],
    ["whenRunning changed", INPUTS, { ...INPUTS, whenRunning: "restart" }, { kind: "askStatus" }],
    ["the project changed", INPUTS, { ...INPUTS, projectId: "8" }, replaced("projectId")],
    ["the project is not known", INPUTS, { ...INPUTS, projectId: UNKNOWN }, replaced("projectId")],
    [
      "the transport changed",
      INPUTS,
      { ...INPUTS, projectId: undefined, webhook: WEBHOOK },
      replaced("projectId", "webhook"),
    ],
    [
      "the webhook was rotated",
      { webhook: WEBHOOK, triggers: {} },
      { webhook: WEBHOOK.replace("0", "1"), triggers: {} },
      replaced("webhook"),
    ],
    [
      "a trigger changed",
      INPUTS,
      { ...INPUTS, triggers: { image: "ccc", build: "bbb" } },
      updated("trigger image changed"),
    ],
    ["a trigger is not known", INPUTS, { ...INPUTS, triggers: { image: UNKNOWN, build: "bbb" } }, unknown("image")],
    [
      "one trigger changed and another is not known",
      INPUTS,
      { ...INPUTS, triggers: { image: UNKNOWN, build: "ccc" } },
      updated("trigger build changed; trigger image is known only after the deployment"),
    ],
    [
      "all triggers changed",
      INPUTS,
      { ...INPUTS, triggers: { image: "ccc", build: "ddd" } },
      updated("trigger image, build changed"),
    ],
    [
      "a trigger came",
      INPUTS,
      { ...INPUTS, triggers: { ...INPUTS.triggers, more: "c" } },
      updated("trigger more changed"),
    ],
    ["a trigger went", INPUTS, { ...INPUTS, triggers: { image: "aaa" } }, updated("trigger build changed")],
    [
      "a trigger went and another is not known",
      INPUTS,
      { ...INPUTS, triggers: { image: UNKNOWN } },
      updated("trigger build changed; trigger image is known only after the deployment"),
    ],
    [
      "a trigger came that is not known",
      INPUTS,
      { ...INPUTS, triggers: { ...INPUTS.triggers, more: UNKNOWN } },
      unknown("more"),
    ],
    ["triggers are not known", INPUTS, { ...INPUTS, triggers: UNKNOWN }, unknown("image, build")],
    ["there are no triggers", { projectId: "7" }, { projectId: "7" }, updated(NO_TRIGGERS)],
    ["triggers went", INPUTS, { ...INPUTS, triggers: undefined }, updated(NO_TRIGGERS)],
    ["empty triggers went", { projectId: "7", triggers: {} }, { projectId: "7" }, updated(NO_TRIGGERS)],
    ["triggers came", { projectId: "7" }, INPUTS, updated("trigger image, build changed")],
    ["empty triggers came", { projectId: "7" }, { projectId: "7", triggers: {} }, updated("trigger triggers changed")],
    ["triggers stay empty", { projectId: "7", triggers: {} }, { projectId: "7", triggers: {} }, { kind: "askStatus" }],
    [
      "the order of triggers changed",
      INPUTS,
      { ...INPUTS, triggers: { build: "bbb", image: "aaa" } },
      { kind: "askStatus" },
    ],
  ])("where %s", (_what, olds, news, expected) => {
    expect(decideDifference({ ...olds }, { ...news })).toEqual(expected);
  });
});

test.each([null, "text", undefined])("triggers that are %p in state count as none", (olds) => {
  expect(changedTriggers(olds, { a: "1" })).toEqual(["a"]);
  expect(changedTriggers(olds, {})).toEqual(["triggers"]);
});

test("changedTriggers names what changed, came and went", () => {
  expect(changedTriggers({ a: "1", b: "2", c: "3" }, { a: "1", b: "9", d: "4" })).toEqual(["b", "c", "d"]);
});

test.each([
  ["queued", false],
  ["running", false],
  ["finished", false],
  ["stopped", true],
  ["failed", true],
  ["unknown", true],
  [undefined, true],
] as const)("a scan that is %s ended badly: %p", (state, expected) => {
  expect(endedBadly(state)).toBe(expected);
});

describe("diff", () => {
  const STATE = { ...INPUTS, scanId: "1", joined: false, startedAt: "" } as ScanResourceState;
  let service: FakeService;
  beforeEach(() => {
    service = new FakeService();
    service.begin();
  });
  const diff = (news: object = INPUTS, olds = STATE) => scanLifecycle.diff(service.context, "7/1", olds, { ...news });

  test("replaces a scan of another project, deleting first", async () => {
    await expect(diff({ ...INPUTS, projectId: "8" })).resolves.toEqual({
      changes: true,
      replaces: ["projectId"],
      deleteBeforeReplace: true,
    });
    expect(service.calls).toEqual([]);
  });

  test("asks nobody where a trigger changed", async () => {
    await expect(diff({ ...INPUTS, triggers: {} })).resolves.toEqual({ changes: true });
    expect(service.calls).toEqual([]);
  });

  test.each(["queued", "running", "finished"] as const)("finds no change in a scan that is %s", async (state) => {
    service.states.set("1", state);

    await expect(diff()).resolves.toEqual({ changes: false });
    expect(service.calls).toEqual(['getScanStatus {"projectId":"7"} 1']);
  });

  test.each(["stopped", "failed", "unknown"] as const)("starts anew a scan that is %s", async (state) => {
    service.states.set("1", state);

    await expect(diff()).resolves.toEqual({ changes: true });
  });

  test("starts anew a scan that is gone", async () => {
    service.states.delete("1");

    await expect(diff()).resolves.toEqual({ changes: true });
  });

  test.each<[string, object, string]>([
    ["a trigger changed", { triggers: { image: "ccc", build: "bbb" } }, "follows"],
    ["one changed and another is not known", { triggers: { image: "ccc", build: UNKNOWN } }, "follows"],
    ["a trigger is not known", { triggers: { image: UNKNOWN, build: "bbb" } }, "may follow"],
    ["no trigger is known", { triggers: UNKNOWN }, "may follow"],
    ["there are no triggers", { triggers: undefined }, "follows"],
    ["the project changed", { projectId: "8" }, "follows"],
  ])("where %s, it says what will be", async (_what, changes, verb) => {
    await diff({ ...INPUTS, ...changes });

    expect(service.told).toEqual([expect.stringMatching(`^Another scan ${verb} scan 1 of project 7: .+\\.$`)]);
  });

  test("says that another scan follows one that ended badly", async () => {
    service.states.set("1", "failed");

    await diff();

    expect(service.told).toEqual(["Another scan follows scan 1 of project 7: it ended badly (failed)."]);
  });

  test("takes a scan for unchanged, with a warning, where there is no answer", async () => {
    service.failures.set("getScanStatus", new CrashtestError({ code: "UNREACHABLE", problem: "nobody there" }));

    await expect(diff()).resolves.toEqual({ changes: false });
    expect(service.warnings).toEqual(["Scan 1 counts as unchanged, since its status is unknown. nobody there."]);
  });

  test("asks by webhook where that started the scan", async () => {
    const inputs = { webhook: WEBHOOK, triggers: {}, whenRunning: "join" };

    await diff(inputs, { ...inputs, scanId: "1", joined: true, startedAt: "" } as ScanResourceState);

    expect(service.calls).toEqual([`getScanStatus {"webhook":"${WEBHOOK}"} 1`]);
  });
});

describe("a scan that somebody else started", () => {
  const JOINED = { ...INPUTS, scanId: "1", joined: true, startedAt: "" } as ScanResourceState;
  const REFUSED = { ...INPUTS, refusesJoined: true };
  const RESTART = { ...INPUTS, whenRunning: "restart" };
  const differenceIn = async (state: State | undefined, news: object, olds = JOINED) => {
    const service = new FakeService();
    service.begin();
    if (state === undefined) service.states.delete("1");
    else service.states.set("1", state);
    const { changes } = await scanLifecycle.diff(service.context, "7/1", olds, { ...news });
    return [changes, service.told.join()] as const;
  };

  test.each<[string, State, object, string]>([
    [
      "it has ended and a gate refuses it",
      "finished",
      REFUSED,
      "somebody else started it, so its gate refuses it, and it has ended",
    ],
    [
      "it runs and whenRunning is restart",
      "running",
      RESTART,
      'somebody else started it, and whenRunning is "restart"',
    ],
    [
      "it has ended and whenRunning is restart",
      "finished",
      RESTART,
      'somebody else started it, and whenRunning is "restart"',
    ],
  ])("is followed by another where %s", async (_what, state, news, because) => {
    expect(await differenceIn(state, news)).toEqual([true, `Another scan follows scan 1 of project 7: ${because}.`]);
  });

  test.each<[string, State, object]>([
    ["it runs, though a gate refuses it", "running", REFUSED],
    ["it has ended, and no gate refuses it", "finished", INPUTS],
    ["nobody knows yet whether a gate does", "finished", { ...INPUTS, refusesJoined: UNKNOWN }],
    ["nobody knows yet whether it is to be restarted", "running", { ...INPUTS, whenRunning: UNKNOWN }],
  ])("is kept where %s", async (_what, state, news) => {
    expect(await differenceIn(state, news)).toEqual([false, ""]);
  });

  test("is kept where a webhook started it, since all of its scans are", async () => {
    const byWebhook = { webhook: WEBHOOK, triggers: {}, whenRunning: "join" };
    const olds = { ...byWebhook, scanId: "1", joined: true, startedAt: "" } as ScanResourceState;

    expect(await differenceIn("finished", { ...byWebhook, refusesJoined: true }, olds)).toEqual([false, ""]);
  });
});

test("a scan of its own is kept where a gate refuses joined ones, and where whenRunning is now restart", async () => {
  const service = new FakeService();
  service.begin();
  service.end("finished");
  const own = { ...INPUTS, scanId: "1", joined: false, startedAt: "" } as ScanResourceState;
  const news = { ...INPUTS, whenRunning: "restart", refusesJoined: true };

  expect(await scanLifecycle.diff(service.context, "7/1", own, news)).toEqual({ changes: false });
});
