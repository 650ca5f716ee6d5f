import { projectLifecycle, type ProjectState } from "../../../../provider/lifecycle/project";
import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import { verdictLifecycle, type VerdictState } from "../../../../gate/child/verdict";
import { FakeService, SERVICE } from "./fake-service";

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

describe("the state of a project that an earlier release wrote", () => {
  const inputs = { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" };
  const diff = (state: object, news: object = inputs) =>
    projectLifecycle.diff(service.context, "7", state as ProjectState, { ...news });

  test.each(["teamId", "url", "name", "type", "projectId"])(
    "without %s is not replaced by an upgrade",
    async (name) => {
      const { [name]: _absent, ...state } = { ...inputs, projectId: "7" } as Record<string, string>;

      await expect(diff(state)).resolves.toEqual({ changes: false, replaces: [] });
    },
  );

  test("without a proof of ownership gets none by a refresh or an update", async () => {
    const state = { ...inputs, projectId: "7" };

    expect((await projectLifecycle.read(service.context, "7", state))?.state).toStrictEqual(state);
    await expect(projectLifecycle.update(service.context, "7", state, inputs)).resolves.toStrictEqual({
      ...state,
      service: { origin: SERVICE.origin },
    });
  });

  test("with a proof of ownership in another form keeps it", async () => {
    const text = "crashtest-verification=0a1b";
    const proof = {
      verificationFileName: "crashtest-0a1b.html",
      verificationFileContent: text,
      verificationTxtRecord: text,
    };
    const state = { ...inputs, projectId: "7", service: SERVICE, ...proof };

    await expect(diff(state)).resolves.toMatchObject({ changes: false });
    expect((await projectLifecycle.read(service.context, "7", state))?.state).toStrictEqual(state);
    await expect(projectLifecycle.update(service.context, "7", state, inputs)).resolves.toStrictEqual(state);
    await expect(projectLifecycle.delete(service.context, "7", state)).resolves.not.toThrow();
  });

  test("without type is still replaced where another input changed", async () => {
    const { type: _absent, ...state } = inputs;

    await expect(diff(state, { ...inputs, url: "https://other.example" })).resolves.toMatchObject({
      replaces: ["url"],
    });
  });

  test("without type passes the check of an adopted project", () => {
    const { type: _absent, ...olds } = { ...inputs, adoptProjectId: "7" };

    const { failures } = projectLifecycle.check(service.context, olds, { ...inputs, adoptProjectId: "7" });

    expect(failures).toEqual([]);
  });

  test("with more in it is unchanged", async () => {
    await expect(diff({ ...inputs, projectId: "7", verified: true })).resolves.toMatchObject({ changes: false });
  });

  test("with more in it keeps that in a refresh", async () => {
    const state = { ...inputs, verified: true };

    const read = await projectLifecycle.read(service.context, "7", state);

    expect(read).toEqual({ id: "7", state: { ...inputs, projectId: "7", verified: true } });
  });

  test("is deleted by the resource's id, whatever the state holds", async () => {
    await projectLifecycle.delete(service.context, "7", {} as ProjectState);

    expect(service.calls).toEqual(["deleteProject 7"]);
  });
});

describe("the state of a scan that an earlier release wrote", () => {
  const inputs = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };
  const whole = { ...inputs, scanId: "1", joined: false, startedAt: "2025-12-31T00:00:00.000Z" };
  const diff = (state: object) => scanLifecycle.diff(service.context, "7/1", state as ScanResourceState, { ...inputs });
  beforeEach(() => service.begin());

  test.each(["whenRunning", "joined", "startedAt"])("without %s shows no change", async (name) => {
    const { [name]: _absent, ...state } = whole as Record<string, unknown>;

    await expect(diff(state)).resolves.toEqual({ changes: false });
  });

  test("without triggers asks for a new scan", async () => {
    const { triggers: _absent, ...state } = whole;

    await expect(diff(state)).resolves.toEqual({ changes: true });
  });

  test("with more in it shows no change", async () => {
    await expect(diff({ ...whole, gate: "open" })).resolves.toEqual({ changes: false });
  });

  test.each([{}, { scanId: "1" }, { projectId: "7", scanId: "1" }])("reads %j as it stands", async (state) => {
    expect(await scanLifecycle.read(service.context, "7/1", state)).toEqual({ id: "7/1", state });
  });

  test("that does not say who started the scan leaves it alone", async () => {
    await scanLifecycle.delete(service.context, "7/1", { projectId: "7", scanId: "1" } as ScanResourceState);

    expect(service.calls).toEqual([]);
  });

  test("without a project is deleted without a call", async () => {
    await expect(
      scanLifecycle.delete(service.context, "7/1", { scanId: "1" } as ScanResourceState),
    ).resolves.toBeUndefined();
    expect(service.calls).toEqual([]);
  });
});

describe("the state of a verdict, as it is written now and will be read by later releases", () => {
  const findingCounts = { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 };
  const verdict = {
    passed: true,
    reason: "passed",
    message: "gate open: scan 31 found 1 medium (failOn: high).",
    scanId: "31",
    findingCounts,
    missingScanners: ["ssl"],
  };
  const { findingCounts: _counts, ...uncounted } = verdict;
  const closed = { ...uncounted, passed: false, reason: "reportMissing", message: "gate closed", missingScanners: [] };
  const STATES: [string, object][] = [
    ["open", { verdict, advisory: false }],
    ["advisory and closed without a report", { verdict: closed, advisory: true }],
    ["with more in it", { verdict, advisory: false, gate: "safe" }],
  ];
  const copyOf = (state: object): VerdictState => JSON.parse(JSON.stringify(state)) as VerdictState;

  test.each(STATES)("%s, shows no difference", async (_what, state) => {
    const news = copyOf({ ...state, gate: undefined });

    await expect(verdictLifecycle.diff(service.context, "verdict/31", copyOf(state), { ...news })).resolves.toEqual({
      changes: false,
    });
  });

  test.each(STATES)("%s, is read as it stands", async (_what, state) => {
    const read = await verdictLifecycle.read(service.context, "verdict/31", { ...copyOf(state) });

    expect(read).toEqual({ id: "verdict/31", state });
  });

  test.each(STATES)("%s, is updated and deleted, and nobody is asked", async (_what, state) => {
    const news = copyOf({ verdict: { ...verdict, scanId: "32" }, advisory: false });

    await expect(verdictLifecycle.update(service.context, "verdict/31", copyOf(state), news)).resolves.toEqual(news);
    await expect(verdictLifecycle.delete(service.context, "verdict/31", copyOf(state))).resolves.toBeUndefined();
    expect(service.calls).toEqual([]);
  });
});
