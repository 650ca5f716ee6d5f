import { CrashtestError } from "../../../../errors/errors";
import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import type { ScanInputs } from "../../../../provider/lifecycle/scan-inputs";
import { startOrJoin } from "../../../../provider/lifecycle/scan-start";
import { FakeService, NOW, SERVICE, WEBHOOK } from "./fake-service";

const TARGET = { projectId: "7" };
const START = 'startScan {"projectId":"7"}';
const failure = new CrashtestError({ code: "SERVER_ERROR", problem: "broken" });

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

describe("startOrJoin", () => {
  test.each(["join", "restart"] as const)("starts where nothing runs (%s)", async (whenRunning) => {
    await expect(startOrJoin(service, TARGET, { whenRunning })).resolves.toEqual({
      scanId: "1",
      joined: false,
      service: SERVICE,
    });
    expect(service.calls).toEqual([START]);
  });

  test.each([
    ["somebody else's is joined", "join", undefined, "1", true],
    ["somebody else's is joined, though an earlier one was its own", "join", "9", "1", true],
    ["somebody else's is restarted", "restart", "9", "2", false],
    ["its own is restarted, though others' would be joined", "join", "1", "2", false],
    ["its own is restarted", "restart", "1", "2", false],
  ] as const)("where a scan runs: %s", async (_what, whenRunning, own, scanId, joined) => {
    service.begin();

    await expect(startOrJoin(service, TARGET, { whenRunning, ownScanId: own })).resolves.toEqual({
      scanId,
      joined,
      service: SERVICE,
    });
  });

  test("ends the wait for a scan that is being stopped with its signal, and starts no other", async () => {
    service.begin();
    const cancelled = new AbortController();
    const stop = jest.spyOn(service, "stopScan").mockImplementation((_scan, options) => {
      cancelled.abort();
      return Promise.reject(options?.signal?.reason as Error);
    });

    const starting = startOrJoin(service, TARGET, { whenRunning: "restart", signal: cancelled.signal });

    await expect(starting).rejects.toMatchObject({ name: "AbortError" });
    expect(stop).toHaveBeenCalledWith(
      { projectId: "7", scanId: "1" },
      { untilStopped: true, signal: cancelled.signal },
    );
    expect(service.calls).toEqual([START]);
  });

  test("joins the scan that somebody started while its own was being stopped", async () => {
    service.begin();
    service.isRestartedByOthers = true;

    await expect(startOrJoin(service, TARGET, { whenRunning: "join", ownScanId: "1" })).resolves.toEqual({
      scanId: "2",
      joined: true,
      service: SERVICE,
    });
    expect(service.calls).toEqual([START, "stopScan 7 1", START]);
  });

  test.each(["notFound", "notRunning"] as const)("goes on where the scan to stop is %s", async (answer) => {
    service.begin();
    service.stopAnswer = answer;

    await expect(startOrJoin(service, TARGET, { whenRunning: "restart" })).resolves.toEqual({
      scanId: "2",
      joined: false,
      service: SERVICE,
    });
  });

  test("starts four times at the most, then says what to do", async () => {
    service.begin();
    service.isRestartedByOthers = true;

    await expect(startOrJoin(service, TARGET, { whenRunning: "restart" })).rejects.toMatchObject({
      code: "SCAN_RESTARTED_ELSEWHERE",
      message: expect.stringContaining('set whenRunning to "join"') as string,
    });
    expect(service.calls.filter((call) => call === START)).toHaveLength(4);
  });

  test.each(["startScan", "stopScan"])("hands an error of %s on, and does not start again", async (call) => {
    service.begin();
    service.failures.set(call, failure);

    await expect(startOrJoin(service, TARGET, { whenRunning: "restart" })).rejects.toBe(failure);
    expect(service.calls.filter((made) => made === START)).toHaveLength(1);
  });

  test("by webhook never stops, also where it is told to restart", async () => {
    service.begin();

    const running = await startOrJoin(service, { webhook: WEBHOOK }, { whenRunning: "restart", ownScanId: "1" });

    expect(running).toEqual({ scanId: "1", joined: true, service: SERVICE });
    expect(service.calls).toEqual([`startScan {"webhook":"${WEBHOOK}"}`]);
  });
});

describe("from one deployment to the next", () => {
  const deploy = async (inputs: ScanInputs): Promise<ScanResourceState> =>
    (await scanLifecycle.create(service.context, inputs)).state;
  /** What the engine does: asks for the difference, and updates where there is one. */
  const deployAgain = async (state: ScanResourceState, inputs: ScanInputs): Promise<ScanResourceState> => {
    const { changes } = await scanLifecycle.diff(service.context, "7/1", state, { ...inputs });
    return changes ? scanLifecycle.update(service.context, "7/1", state, inputs) : state;
  };
  const always: ScanInputs = { projectId: "7", whenRunning: "join" };
  const triggered: ScanInputs = { ...always, triggers: { image: "aaa" } };

  test("without triggers, its own running scan is stopped and started anew each time", async () => {
    const first = await deploy(always);
    const second = await deployAgain(first, always);
    const third = await deployAgain(second, always);

    expect([first, second, third].map(({ scanId, joined }) => [scanId, joined])).toEqual([
      ["1", false],
      ["2", false],
      ["3", false],
    ]);
    expect(service.calls.filter((call) => call.startsWith("stopScan"))).toEqual(["stopScan 7 1", "stopScan 7 2"]);
  });

  test("without triggers, a new scan is started where the last one finished", async () => {
    const first = await deploy(always);
    service.end("finished");

    await expect(deployAgain(first, always)).resolves.toEqual({
      ...always,
      scanId: "2",
      joined: false,
      startedAt: NOW,
      service: SERVICE,
    });
  });

  test("with unchanged triggers, its own running scan is kept", async () => {
    const first = await deploy(triggered);

    await expect(deployAgain(first, { ...triggered })).resolves.toBe(first);
    expect(service.running).toBe("1");
  });

  test.each(["stopped", "failed", "unknown"] as const)(
    "a scan that ended as %s is started anew once",
    async (state) => {
      const first = await deploy(triggered);
      service.end(state);

      const second = await deployAgain(first, triggered);
      const third = await deployAgain(second, triggered);

      expect(second).toMatchObject({ scanId: "2", joined: false, service: SERVICE });
      expect(third).toBe(second);
    },
  );

  test("a scan that is gone is started anew", async () => {
    const first = await deploy(triggered);
    service.end("finished");
    service.states.clear();

    await expect(deployAgain(first, triggered)).resolves.toMatchObject({
      scanId: "2",
      joined: false,
      service: SERVICE,
    });
  });

  test("a changed trigger makes the next scan its own where it had joined one that has ended", async () => {
    service.begin();
    const first = await deploy(triggered);
    service.end("finished");

    const second = await deployAgain(first, { ...triggered, triggers: { image: "bbb" } });

    expect(first.joined).toBe(true);
    expect(second).toMatchObject({ scanId: "2", joined: false, triggers: { image: "bbb" } });
  });

  test("a start that fails leaves the old state, from which the next deployment starts anew", async () => {
    const first = await deploy(triggered);
    const changed = { ...triggered, triggers: { image: "bbb" } };
    service.failures.set("startScan", failure);
    await expect(deployAgain(first, changed)).rejects.toMatchObject({
      state: { ...first, triggers: {} },
      cause: failure,
    });
    service.failures.clear();

    await expect(deployAgain(first, changed)).resolves.toMatchObject({ scanId: "2", joined: false, service: SERVICE });
  });
});
