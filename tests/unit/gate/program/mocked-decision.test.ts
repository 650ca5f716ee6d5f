import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { askNobody, gatedShop, isReleased, registered, setMocks } from "../../sdk/mocked-program";
import { isKnown, settled } from "../../sdk/recorded-program";

askNobody();

const CLOSED = { "shop-gate-verdict": { verdict: { passed: false, findingCounts: { high: 2 } } } };

test("a gate is open by default, and what depends on it is registered", async () => {
  await setMocks();
  const shop = gatedShop({ failOn: "medium", requiredScanners: ["xss"] });

  expect(await settled(shop.gate.verdict)).toEqual({
    passed: true,
    reason: "passed",
    message: "gate open: scan 1 found 0 critical, 0 high, 0 medium, 0 low, 0 info, 0 unknown (failOn: medium).",
    scanId: "1",
    findingCounts: { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 },
    missingScanners: [],
  });
  expect(await isReleased()).toBe(true);
  expect(new Map([...registered].map(([name, { type }]) => [name, type]))).toEqual(
    new Map([
      ["shop", "pulumi-nodejs:dynamic/crashtest:Project"],
      ["shop-scan", "pulumi-nodejs:dynamic/crashtest:Scan"],
      ["shop-gate", "crashtest:index:ScanGate"],
      ["shop-gate-verdict", "pulumi-nodejs:dynamic/crashtest:Verdict"],
      ["live", "any:index:Release"],
    ]),
  );
});

test("mocks close a gate, and what depends on it is never registered", async () => {
  await setMocks({ resources: CLOSED });
  const { gate } = gatedShop();

  expect(await settled(gate.verdict)).toEqual({
    passed: false,
    reason: "findings",
    message: "gate closed (findings): by the mocks of a test",
    scanId: "1",
    findingCounts: { critical: 0, high: 2, medium: 0, low: 0, info: 0, unknown: 0 },
    missingScanners: [],
  });
  expect(await settled(pulumi.all([gate.passed, gate.findingCounts]))).toMatchObject([false, { high: 2 }]);
  expect(await isReleased()).toBe(false);
  expect(pulumi.log.error).toHaveBeenCalledWith("gate closed (findings): by the mocks of a test", gate);
});

test("mocks that change the verdict which the gate's child is given close it, with what else they say", async () => {
  await setMocks();
  await settled(gatedShop().gate.verdict);
  const given = registered.get("shop-gate-verdict")?.inputs["verdict"] as object;

  await setMocks({ resources: { "shop-gate-verdict": { verdict: { ...given, passed: false } } } });
  expect(await settled(gatedShop().gate.verdict)).toMatchObject({ passed: false, reason: "findings" });

  const verdict = { ...given, passed: false, reason: "scanTimedOut", message: "too slow" };
  await setMocks({ resources: { "shop-gate-verdict": { verdict } } });
  expect(await settled(gatedShop().gate.verdict)).toMatchObject(verdict);
});

test("an advisory gate that mocks close holds nothing back", async () => {
  await setMocks({ resources: CLOSED });

  expect(await settled(gatedShop({ advisory: true }).gate.passed)).toBe(false);
  expect(await isReleased()).toBe(true);
});

test.each<[string, crashtest.ScanGateSettings, string]>([
  ["a severity that there is not", { failOn: "hgih" as "high" }, "failOn must be one of"],
  ["scanners that are no list", { requiredScanners: "xss" as never }, "requiredScanners must be a list"],
  ["an acceptance without a reason", { accept: [{ slug: "xss" } as never] }, "reason"],
  ["a baseline that there is not", { baseline: "first" as "firstScan" }, "baseline must be"],
])("%s closes the gate as in a deployment, whatever the mocks say", async (_what, settings, problem) => {
  await setMocks({ resources: { "shop-gate-verdict": { verdict: { passed: true } } } });
  const { gate } = gatedShop(settings);

  expect(await settled(gate.verdict)).toMatchObject({ passed: false, reason: "invalidSettings" });
  expect((await settled(gate.verdict)).message).toContain(problem);
  expect(await isReleased()).toBe(false);
});

test("files that settings name are not read", async () => {
  await setMocks();

  expect(await settled(gatedShop({ accept: "gone.yaml", baseline: { file: "gone.json" } }).gate.passed)).toBe(true);
});

test.each(["firstScan", "lastPassed"] as const)(
  "a gate that counts new findings only (%s) is open",
  async (baseline) => {
    await setMocks();

    expect(await settled(gatedShop({ baseline }).gate.passed)).toBe(true);
  },
);

test("a scan that mocks give as joined closes the gate, unless it accepts that", async () => {
  await setMocks({ resources: { "shop-scan": { joined: true } } });

  expect(await settled(gatedShop().gate.verdict)).toMatchObject({ passed: false, reason: "scanJoined" });
  expect(await settled(gatedShop({ acceptJoined: true }).gate.passed)).toBe(true);
});

test("a gate on a webhook's scan, or on IDs, needs acceptJoined as in a deployment", async () => {
  await setMocks();
  const scan = new crashtest.Scan("hook", { webhook: "3f2b1c9a-7d4e-4c1b-9a53-0e6f8d2a7b11" });

  expect(await settled(new crashtest.ScanGate("none", { scan }).verdict)).toMatchObject({ reason: "invalidSettings" });
  expect(await settled(new crashtest.ScanGate("web", { scan, acceptJoined: true }).passed)).toBe(true);
  expect(await settled(new crashtest.ScanGate("ids", { projectId: 7, scanId: 5, acceptJoined: true }).scanId)).toBe(
    "5",
  );
});

test("in a preview what mocks leave out is unknown, and what depends on a gate is registered", async () => {
  await setMocks({ isPreview: true });
  expect(await isKnown(gatedShop().gate.verdict)).toBe(false);
  expect(await isReleased()).toBe(true);

  await setMocks({
    isPreview: true,
    resources: { "shop-scan": { scanId: "1", joined: false }, shop: { projectId: "7" } },
  });
  expect(await settled(gatedShop().gate.passed)).toBe(true);
});

test("mocks cover as much as a gate requires, and confirm its scan's login", async () => {
  await setMocks({ resources: { "shop-scan": { loginKinds: ["basic"] } } });
  const { gate } = gatedShop({ minCoverage: { pages: 3, operations: 2 } });

  expect(await settled(gate.verdict)).toMatchObject({
    passed: true,
    message: expect.not.stringContaining("login") as string,
  });
});
