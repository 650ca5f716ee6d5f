import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import type { ScanInputs } from "../../../../provider/lifecycle/scan-inputs";
import type { StartedScan } from "../../../../service/service";
import { FakeService, NOW, SERVICE } from "./fake-service";

const INPUTS: ScanInputs = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };
const STARTED_AT = "2026-01-02T03:00:00.000Z";
/** What a service answers that found a start's scan although the answer to the start was lost. */
const FOUND: StartedScan = {
  scanId: "5",
  joined: true,
  isFoundAfterLostStart: true,
  startedAt: STARTED_AT,
  service: SERVICE,
};
const STATE: ScanResourceState = { ...INPUTS, ...FOUND, startedAt: STARTED_AT };

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  jest.spyOn(service, "startScan").mockResolvedValue(FOUND);
});

test.each(["join", "restart"] as const)(
  "a scan that was found after a lost start is followed, with %s",
  async (whenRunning) => {
    const { id, state } = await scanLifecycle.create(service.context, { ...INPUTS, whenRunning });

    expect([id, state]).toEqual(["7/5", { ...STATE, whenRunning }]);
    expect(service.calls).toEqual([]);
  },
);

test("is not stopped by a destroy, since somebody else may have started it", async () => {
  await scanLifecycle.delete(service.context, "7/5", STATE);

  expect(service.calls).toEqual([]);
});

test.each([
  ["restart", { whenRunning: "restart" }],
  ["a gate that refuses joined scans", { refusesJoined: true }],
])("is not followed by another one because of %s", async (_what, news) => {
  service.states.set("5", "finished");

  await expect(scanLifecycle.diff(service.context, "7/5", STATE, { ...INPUTS, ...news })).resolves.toEqual({
    changes: false,
  });
});

test("a scan that was started has the service's time, or else this machine's", async () => {
  jest.spyOn(service, "startScan").mockResolvedValueOnce({ scanId: "6", joined: false, service: SERVICE });
  const byMachine = await scanLifecycle.create(service.context, INPUTS);
  const byService = await scanLifecycle.create(service.context, INPUTS);

  expect([byMachine.state.startedAt, byService.state.startedAt]).toEqual([NOW, STARTED_AT]);
});
