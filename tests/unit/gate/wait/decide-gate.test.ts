import { BY_WEBHOOK } from "../rules/sample-evidence";
import { decideGate, type GateRequest } from "../../../../gate/wait/decide-gate";
import { CLEAN, fakePorts, FINISHED, HIGH, NOTHING, request, RUNNING } from "./gate-ports";
import { failure, status, type StatusAnswer } from "./simulated-wait";

test("a gate waits for the scan, reads both reports and opens", async () => {
  const { wait, asked, ports } = fakePorts([RUNNING, RUNNING, FINISHED]);

  expect(await decideGate(request(), ports)).toMatchObject({
    kind: "decided",
    verdict: { passed: true, reason: "passed", scanId: "31" },
    warnings: [],
    status: FINISHED,
  });
  expect(wait.requestsMs).toHaveLength(3);
  expect(asked).toEqual({ json: 1, xml: 1, stop: 0 });
});

test("a gate closes on what the report has, with its warnings", async () => {
  const { ports } = fakePorts([FINISHED], { json: HIGH });
  const accept = [{ slug: "nowhere", reason: "It leads nowhere.", expires: "2026-12-31" }];

  const decision = await decideGate(request({ settings: { accept } }), ports);

  expect(decision).toMatchObject({ kind: "decided", verdict: { passed: false, reason: "findings" } });
  expect("warnings" in decision && decision.warnings).toHaveLength(1);
});

test.each([
  ["stopped", "scanStopped"],
  ["failed", "scanFailed"],
  ["unknown", "scanStatusUnknown"],
] as const)("of a scan that is %s no report is read", async (state, reason) => {
  const { asked, ports } = fakePorts([RUNNING, status(state, 42)]);

  expect(await decideGate(request(), ports)).toMatchObject({ verdict: { reason }, status: status(state, 42) });
  expect(asked).toEqual(NOTHING);
});

test.each<[string, StatusAnswer, string]>([
  ["is gone", undefined, "scanStatusUnknown"],
  ["may not be asked for", failure("UNAUTHENTICATED"), "scanUnreachable"],
])("of a scan that %s no report is read", async (_what, answer, reason) => {
  const { asked, ports } = fakePorts([answer]);

  expect(await decideGate(request(), ports)).toMatchObject({ verdict: { passed: false, reason }, status: undefined });
  expect(asked).toEqual(NOTHING);
});

describe("settings that cannot be used", () => {
  test.each<[string, Partial<GateRequest>, Partial<GateRequest["scan"]>]>([
    ["a value", { settings: { minCvss: 11 } }, {}],
    ["what was not read", { settingsProblems: ["no such file"] }, {}],
    ["who started it is not known", {}, { startedBy: "unknown" }],
    [
      "by webhook",
      { settings: { acceptJoined: true, requiredScanners: ["xss"] } },
      { abilities: BY_WEBHOOK, startedBy: "unknown" },
    ],
  ])("ask nothing, also in a preview: %s", async (_what, fields, scan) => {
    for (const isPreview of [true, false]) {
      const { wait, asked, ports } = fakePorts([FINISHED]);

      expect(await decideGate(request({ ...fields, isPreview }, scan), ports)).toMatchObject({
        kind: "decided",
        verdict: { passed: false, reason: "invalidSettings" },
        status: undefined,
      });
      expect([wait.requestsMs, asked]).toEqual([[], NOTHING]);
    }
  });
});

describe("a scan that somebody else started", () => {
  test.each([
    [RUNNING, false],
    [status("queued", 1), false],
    [RUNNING, true],
    [FINISHED, true],
    [FINISHED, false],
  ])("closes at once, without a wait: %j, in a preview %s", async (answer, isPreview) => {
    const { wait, ports } = fakePorts([answer]);

    expect(await decideGate(request({ isPreview }, { startedBy: "other" }), ports)).toMatchObject({
      kind: "decided",
      verdict: { passed: false, reason: "scanJoined" },
      status: answer,
    });
    expect([wait.requestsMs.length, wait.waitsMs.length]).toEqual([1, 0]);
  });

  test("is waited for where the gate accepts it", async () => {
    const { wait, ports } = fakePorts([RUNNING, FINISHED]);

    const decision = await decideGate(request({ settings: { acceptJoined: true } }, { startedBy: "other" }), ports);

    expect(decision).toMatchObject({ verdict: { passed: true } });
    expect(wait.requestsMs).toHaveLength(2);
  });

  test("that failed is told as such", async () => {
    const { ports } = fakePorts([status("failed", 5)]);

    expect(await decideGate(request({}, { startedBy: "other" }), ports)).toMatchObject({
      verdict: { reason: "scanFailed" },
    });
  });
});

test.each([true, false])(
  "about a scan that its provider has not seen nobody is asked, in a preview: %p",
  async (isPreview) => {
    const { wait, asked, ports } = fakePorts([FINISHED]);

    const decision = await decideGate(
      request({ isPreview, settings: { acceptJoined: true } }, { startedBy: "unseen" }),
      ports,
    );

    expect(decision).toMatchObject({ kind: "decided", verdict: { passed: false, reason: "scanJoined" } });
    expect([wait.requestsMs, asked]).toEqual([[], NOTHING]);
  },
);

describe("in a preview", () => {
  const preview = (fields: Partial<GateRequest> = {}, scan: Partial<GateRequest["scan"]> = {}): GateRequest =>
    request({ isPreview: true, ...fields }, scan);

  test.each([RUNNING, status("queued", 1)])("of a scan that is under way nothing is decided: %j", async (answer) => {
    const { wait, asked, ports } = fakePorts([answer]);

    expect(await decideGate(preview(), ports)).toEqual({ kind: "pending", status: answer });
    expect([wait.requestsMs.length, wait.waitsMs.length, asked]).toEqual([1, 0, NOTHING]);
  });

  test("a joined scan that is accepted and runs is left open", async () => {
    const { ports } = fakePorts([RUNNING]);
    const joined = preview({ settings: { acceptJoined: true } }, { startedBy: "other" });

    expect(await decideGate(joined, ports)).toEqual({ kind: "pending", status: RUNNING });
  });

  test.each([failure("TIMEOUT"), failure("UNAUTHENTICATED")])(
    "without an answer it is left open: %p",
    async (error) => {
      const { ports } = fakePorts([error]);

      expect(await decideGate(preview(), ports)).toEqual({
        kind: "pending",
        status: undefined,
        problem: error.message,
      });
    },
  );

  test.each<[string, StatusAnswer, string, string]>([
    ["has ended well", FINISHED, CLEAN, "passed"],
    ["has found too much", FINISHED, HIGH, "findings"],
    ["failed", status("failed", 5), CLEAN, "scanFailed"],
    ["is gone", undefined, CLEAN, "scanStatusUnknown"],
  ])("a scan that %s is decided about", async (_what, answer, json, reason) => {
    const { wait, ports } = fakePorts([answer], { json });

    expect(await decideGate(preview(), ports)).toMatchObject({ kind: "decided", verdict: { reason } });
    expect(wait.waitsMs).toEqual([]);
  });

  test("a scan is never stopped, however short the timeout", async () => {
    const { asked, ports } = fakePorts([RUNNING]);

    await decideGate(preview({ settings: { timeoutSeconds: 0.001, onTimeout: "stopScan" } }), ports);

    expect(asked.stop).toBe(0);
  });
});

describe("a timeout", () => {
  const late = (onTimeout: "fail" | "stopScan"): GateRequest =>
    request({ settings: { timeoutSeconds: 60, onTimeout } });

  test("closes, and leaves the scan alone", async () => {
    const { wait, asked, ports } = fakePorts([RUNNING]);

    const decision = await decideGate(late("fail"), ports);

    expect(decision).toMatchObject({ kind: "decided", verdict: { reason: "scanTimedOut" }, status: RUNNING });
    expect(wait.requestsMs.at(-1)).toBeCloseTo(60_000);
    expect(asked).toEqual(NOTHING);
  });

  test("stops the scan where it is to, once", async () => {
    const { asked, ports } = fakePorts([RUNNING]);

    const decision = await decideGate(late("stopScan"), ports);

    expect(decision).toMatchObject({ verdict: { reason: "scanTimedOut" } });
    expect("verdict" in decision && decision.verdict.message).toContain("(timeoutSeconds), and was stopped.");
    expect(asked).toEqual({ ...NOTHING, stop: 1 });
  });

  test("says that the scan could not be stopped", async () => {
    const { ports } = fakePorts([RUNNING], { stop: () => Promise.reject(failure("FORBIDDEN")) });

    const decision = await decideGate(late("stopScan"), ports);

    expect("verdict" in decision && decision.verdict.message).toContain("could not be stopped: it was FORBIDDEN.");
  });
});

test("where the engine is gone, the gate closes and stops no scan", async () => {
  const { wait, asked, ports } = fakePorts([RUNNING]);
  wait.waitsUntilStop = 1;

  const decision = await decideGate(request({ settings: { onTimeout: "stopScan" } }), ports);

  expect(decision).toMatchObject({ verdict: { passed: false, reason: "scanUnreachable" } });
  expect(asked).toEqual(NOTHING);
});
