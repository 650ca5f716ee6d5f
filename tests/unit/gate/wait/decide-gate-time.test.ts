import { decideGate } from "../../../../gate/wait/decide-gate";
import { fakePorts, FINISHED, request, RUNNING } from "./gate-ports";
import { failure, status } from "./simulated-wait";

describe("reports that do not come", () => {
  const json = failure("UNREACHABLE");
  const settings = { timeoutSeconds: 60 };

  test("are asked for until the timeout, which the wait for the scan's end is a part of", async () => {
    const { wait, asked, ports } = fakePorts([RUNNING, RUNNING, RUNNING, FINISHED], { json });
    const startMs = wait.timeMs;

    const decision = await decideGate(request({ settings }), ports);

    expect(decision).toMatchObject({ verdict: { reason: "reportMissing" }, status: FINISHED });
    expect(wait.timeMs - startMs).toBeCloseTo(60_000);
    expect(asked.json).toBeGreaterThan(3);
    expect(wait.told.at(-1)).toMatchObject({ scanId: "31", state: "finished", problem: json.message });
  });

  test("are asked for three times in a preview", async () => {
    const { wait, asked, ports } = fakePorts([FINISHED], { json });

    await decideGate(request({ settings, isPreview: true }), ports);

    expect([asked.json, wait.waitsMs]).toEqual([3, [2_000, 2_200]]);
  });

  test("are not asked for of a scan that closes the gate in any case", async () => {
    const { asked, ports } = fakePorts([FINISHED], { json });

    await decideGate(request({ settings }, { startedBy: "earlier" }), ports);

    expect(asked.json).toBe(0);
  });
});

test.each([false, true])(
  "no request has more time than the timeout and a second, in a preview: %s",
  async (isPreview) => {
    const { wait, ports } = fakePorts([FINISHED]);
    wait.answerMs = 10_000;

    await decideGate(request({ settings: { timeoutSeconds: 60 }, isPreview }), ports);

    expect(wait.limitsMs).toEqual([61_000, 51_000, 51_000]);
  },
);

test("a scan is stopped within two seconds of the timeout", async () => {
  const { wait, ports } = fakePorts([RUNNING]);
  wait.answerMs = 60_500;

  await decideGate(request({ settings: { timeoutSeconds: 60, onTimeout: "stopScan" } }), ports);

  expect(wait.limitsMs).toEqual([61_000, 1_500]);
});

describe("a scan of an earlier deployment", () => {
  test.each([
    [RUNNING, false, false],
    [RUNNING, false, true],
    [status("queued", 1), true, true],
    [FINISHED, true, true],
    [FINISHED, false, true],
    [FINISHED, false, false],
  ])(
    "closes at once, without a wait: %j, in a preview %s, acceptJoined %s",
    async (answer, isPreview, acceptJoined) => {
      const { wait, ports } = fakePorts([answer]);
      const asked = request({ isPreview, settings: { acceptJoined } }, { startedBy: "earlier" });

      expect(await decideGate(asked, ports)).toMatchObject({
        kind: "decided",
        verdict: { passed: false, reason: "scanJoined" },
        status: answer,
      });
      expect([wait.requestsMs.length, wait.waitsMs.length]).toEqual([1, 0]);
    },
  );
});
