import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import type * as mocks from "../../../program/mocks";
import { isMocked } from "../../../program/mocks";
import { errorLike } from "../sdk/error-like";
import { askNobody, called, gatedShop, registered, setMocks } from "../sdk/mocked-program";
import { failureOf, settled } from "../sdk/recorded-program";

askNobody();

describe("mocks are known", () => {
  test("by the monitor that the SDK sets", async () => {
    await setMocks();

    expect(isMocked()).toBe(true);
  });

  test.each<[string, unknown]>([
    ["no monitor", undefined],
    ["an engine's monitor", { registerResource: () => undefined, supportsFeature: () => undefined }],
    ["mocks that make no resource", { mocks: {} }],
    ["no mocks where they would be", { mocks: null }],
  ])("and not by %s", (_what, monitor) => {
    jest.spyOn(pulumi.runtime, "getMonitor").mockReturnValue(monitor as undefined);

    expect(isMocked()).toBe(false);
  });

  test("by the monitor of another copy of the SDK, as of a test that loads its modules anew", async () => {
    await setMocks();

    jest.isolateModules(() => {
      const another = jest.requireActual<typeof mocks>("../../../program/mocks");
      expect(another.isMocked).not.toBe(isMocked);
      expect(another.isMocked()).toBe(true);
    });
  });
});

test("outputs that mocks leave out have defaults", async () => {
  await setMocks();
  const { scan, gate, projectId, verificationFileName } = gatedShop();

  expect(
    await settled(pulumi.all([projectId, scan.scanId, scan.joined, scan.startedAt, verificationFileName])),
  ).toEqual(["1", "1", false, "1970-01-01T00:00:00.000Z", undefined]);
  expect(await settled(pulumi.all([gate.projectId, gate.scanId, gate.status]))).toEqual([
    "1",
    "1",
    { scanId: "1", state: "finished", statusCode: 102 },
  ]);
  expect(await settled(crashtest.Project.get("other", "7").projectId)).toBe("7");
});

test("outputs are what mocks give", async () => {
  await setMocks({ resources: { shop: { projectId: "7" }, "shop-scan": { scanId: "31" } } });
  const { gate, scan, projectId } = gatedShop();

  expect(await settled(pulumi.all([projectId, scan.projectId, scan.scanId]))).toEqual(["7", "7", "31"]);
  expect(await settled(pulumi.all([gate.projectId, gate.scanId]))).toEqual(["7", "31"]);
  expect(await settled(gate.verdict)).toMatchObject({ passed: true, scanId: "31" });
});

test("a hook binds nothing, and its scan and gate come after the resources", async () => {
  await setMocks();
  const onDeploy = crashtest.scanOnDeploy("web", { projectId: 7, gate: true });
  const web = new crashtest.Project("web", { url: "https://web.example/" }, { hooks: onDeploy.hooks });
  const { gate, scanId } = onDeploy.after([web]);

  expect(onDeploy.hooks).toEqual({});
  expect(await settled(pulumi.all([gate.passed, scanId]))).toEqual([true, "1"]);
});

test("what mocks see of a scan without triggers is the same in each run", async () => {
  await setMocks();
  await settled(new crashtest.Scan("nightly", { projectId: 7 }).scanId);
  const { inputs } = registered.get("nightly") ?? {};
  await settled(new crashtest.Scan("nightly", { projectId: 7 }).scanId);

  expect(registered.get("nightly")?.inputs).toEqual(inputs);
});

describe("a function", () => {
  const SCAN = { projectId: 7, scanId: 5 };
  const ASKED = { projectId: "7", scanId: "5" };

  test("gives its default, and the mocks are asked for more", async () => {
    await setMocks();

    expect(await crashtest.getScanStatus(SCAN)).toEqual({ scanId: "5", state: "finished", statusCode: 102 });
    expect(await crashtest.getFindings(SCAN)).toMatchObject({ findings: [], findingCounts: { high: 0 } });
    expect(await crashtest.getReport({ ...SCAN, format: "pdf", path: "report.pdf" })).toMatchObject({
      format: "pdf",
      path: `${process.cwd()}/report.pdf`,
      sizeBytes: 0,
    });
    expect(called.map(({ token, inputs }) => [token, inputs as unknown])).toEqual([
      ["crashtest:index:getScanStatus", ASKED],
      ["crashtest:index:getFindings", ASKED],
      ["crashtest:index:getReport", { ...ASKED, format: "pdf" }],
    ]);
  });

  test("gives what the mocks answer", async () => {
    await setMocks({
      functions: {
        "crashtest:index:getScanStatus": { state: "running", statusCode: 101 },
        "crashtest:index:getFindings": { findingCounts: { high: 3 } },
        "crashtest:index:getReport": { sizeBytes: 9, asset: new pulumi.asset.StringAsset("a report") },
      },
    });
    const ended = { projectId: 7, scanId: pulumi.output("5") };

    expect(await settled(crashtest.getScanStatusOutput(ended).state)).toBe("running");
    expect(await settled(crashtest.getFindingsOutput(ended).findingCounts.high)).toBe(3);
    const report = await settled(crashtest.getReportOutput({ ...ended, format: "html" }));
    expect(report).toMatchObject({ format: "html", sizeBytes: 9 });
    expect(await (Reflect.get(report.asset, "text") as Promise<string>)).toBe("a report");
  });

  test("refuses what it refuses in a deployment", async () => {
    await setMocks();

    await expect(crashtest.getReport({ ...SCAN, format: "doc" as "pdf" })).rejects.toEqual(
      errorLike({ code: "ARGUMENT_INVALID" }),
    );
    expect(await failureOf(crashtest.getFindingsOutput({ projectId: "shop", scanId: 5 }))).toEqual(
      errorLike({ code: "ARGUMENT_INVALID" }),
    );
  });
});
