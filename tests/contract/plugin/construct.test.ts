import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { ConstructRequest, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Result } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ContractService } from "../contract-service";
import { FakeMonitor, GATE } from "./fake-monitor";
import { PluginClient, reference, secret, UNKNOWN, urnOf, type Wire } from "./plugin-client";

let service: ContractService;
let plugin: PluginClient;
let monitor: FakeMonitor;

beforeAll(async () => {
  service = await ContractService.start();
});
beforeEach(async () => {
  plugin = await PluginClient.configured(service.environment);
  monitor = await FakeMonitor.start(plugin);
});
afterEach(() => {
  plugin.close();
  monitor.close();
});
afterAll(() => service.close());

const SCAN = urnOf("Scan", "nightly");
const URN_OF_PROJECT = urnOf("Project", "shop");

/** Deploys a scan by the plugin, which ends at once unless it is to run on. */
async function deployScan(isRunning = false): Promise<Wire> {
  const { projectId } = await service.createProject(isRunning);
  const { inputs } = await plugin.check(SCAN, { projectId, triggers: ["v1"] });
  const { state } = await plugin.create(SCAN, inputs);
  await service.forgetRequests();
  return state;
}

const construct = (request: ConstructRequest): Promise<ConstructResponse> =>
  plugin.call((done) => plugin.client.construct(request, done));

const stateOf = (response: ConstructResponse): Wire => response.getState()?.toJavaScript() ?? {};

const statusRequests = async (): Promise<number> =>
  (await service.requests()).filter(({ path }) => path.endsWith("/status")).length;

async function untilPolled(): Promise<void> {
  while ((await statusRequests()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("an open gate registers its component, its child and its outputs, and shows the verdict on its row", async () => {
  const { scanId, projectId } = await deployScan();

  const response = await construct(monitor.request({ scan: reference(SCAN), failOn: "low" }));

  const outputs = {
    passed: true,
    verdict: { passed: true, reason: "passed", scanId },
    findingCounts: { critical: 0, unknown: 0 },
    status: { scanId, state: "finished" },
    scanId,
    projectId,
  };
  expect(response.getUrn()).toBe(GATE);
  expect(stateOf(response)).toMatchObject(outputs);
  // Not a reference, which the SDK for Python would look up.
  expect(stateOf(response)["scan"]).toBe(scanId);
  expect(monitor.outputs).toMatchObject([outputs]);
  expect(monitor.outputs[0]).not.toHaveProperty("scan");
  expect(monitor.children).toMatchObject([{ verdict: { passed: true, scanId }, advisory: false }]);
  expect(plugin.textsOn(GATE)).toEqual([expect.stringMatching(/^gate open: scan \d+ found 0 critical/)]);
});

test("the options of the program are those of the component, and the child has its parent's", async () => {
  await deployScan();
  const request = monitor.request({ scan: reference(SCAN) });
  request
    .setParent("urn:pulumi:dev::shops::any:index:Shop::shop")
    .setProtect(true)
    .setDependenciesList([URN_OF_PROJECT])
    .setAliasesList([new Alias().setSpec(new Alias.Spec().setName("safer"))])
    .setResourceHooks(new ConstructRequest.ResourceHooksBinding().setAfterCreateList(["told"]));
  request.getProvidersMap().set("crashtest", "urn::id");
  request.getInputdependenciesMap().set("scan", new ConstructRequest.PropertyDependencies().setUrnsList([SCAN]));

  await construct(request);

  const dependenciesList = [URN_OF_PROJECT, SCAN];
  expect(monitor.registered).toMatchObject([
    {
      type: "crashtest:index:ScanGate",
      name: "safe",
      custom: false,
      parent: request.getParent(),
      protect: true,
      dependenciesList,
      aliasesList: [{ spec: { name: "safer" } }],
      hooks: { afterCreateList: ["told"] },
      providersMap: [["crashtest", "urn::id"]],
    },
    {
      type: "crashtest:index:Verdict",
      name: "safe-verdict",
      custom: true,
      parent: GATE,
      dependenciesList,
      aliasesList: [
        { spec: { type: "pulumi-nodejs:dynamic/crashtest:Verdict", name: "" } },
        { urn: GATE.replace("::safe", "$crashtest:index:Verdict::safer-verdict") },
        { urn: GATE.replace("::safe", "$pulumi-nodejs:dynamic/crashtest:Verdict::safer-verdict") },
      ],
    },
  ]);
});

test("a closed gate fails with its message, before its child is registered", async () => {
  await deployScan();

  await expect(construct(monitor.request({ scan: reference(SCAN), requiredScanners: ["tls"] }))).rejects.toMatchObject({
    details: expect.stringMatching(/^gate closed \(scannerMissing\): scan \d+ did not run/) as string,
  });
  expect(monitor.children).toEqual([]);
  expect(monitor.outputs).toEqual([]);
});

test("a child that fails while the run goes on closes the gate; one that the command left out leaves an open one open", async () => {
  await deployScan();
  monitor.childResult = Result.FAIL;
  await expect(construct(monitor.request({ scan: reference(SCAN) }))).rejects.toMatchObject({
    details: "gate closed: the error of its verdict says why",
  });

  monitor.childResult = Result.SKIP;
  expect(stateOf(await construct(monitor.request({ scan: reference(SCAN) })))).toMatchObject({ passed: true });
  await expect(construct(monitor.request({ scan: reference(SCAN), baseline: "lastPassed" }))).rejects.toMatchObject({
    details: expect.stringContaining("this run leaves the gate's verdict out") as string,
  });
});

test("a scan that a preview does not know gives unknown outputs, and asks nobody", async () => {
  const { projectId } = await service.createProject();
  const { inputs } = await plugin.check(SCAN, { projectId, triggers: ["v1"] });
  await plugin.create(SCAN, inputs, true);
  await service.forgetRequests();

  const response = await construct(monitor.request({ scan: reference(SCAN) }).setDryrun(true));

  expect(new Set(Object.values(stateOf(response)))).toEqual(new Set([UNKNOWN]));
  expect(stateOf(response)).toMatchObject({
    passed: UNKNOWN,
    verdict: UNKNOWN,
    findingCounts: UNKNOWN,
    status: UNKNOWN,
  });
  expect(await service.requests()).toEqual([]);
});

test("a scan that was not checked closes by its earlier IDs, in a preview too, with nothing sent; one that failed has no verdict", async () => {
  const state = await deployScan();
  const other = urnOf("Scan", "other");
  monitor.known.set(other, state);

  for (const isPreview of [false, true]) {
    const request = monitor.request({ scan: reference(other), acceptJoined: true }).setDryrun(isPreview);
    await expect(construct(request)).rejects.toMatchObject({
      details: expect.stringContaining("was not deployed by the gate's provider in this run") as string,
    });
  }
  expect(await service.requests()).toEqual([]);

  await plugin.check(SCAN, { projectId: state["projectId"] ?? "", triggers: ["v2"] });
  await service.addFault({ kind: "status", method: "POST", path: "*/scans", status: 403 });
  await expect(plugin.create(SCAN, { projectId: state["projectId"] ?? "" })).rejects.toThrow();
  await expect(construct(monitor.request({ scan: reference(SCAN) }))).rejects.toMatchObject({
    details: expect.stringContaining("gate closed: there is no verdict, since its scan was not deployed") as string,
  });
  expect(monitor.children).toEqual([]);
});

test("a scan of an earlier run of a plugin to which engines attach, run after run, is none of this one", async () => {
  monitor.known.set(SCAN, await deployScan());

  await plugin.configure();

  await expect(construct(monitor.request({ scan: reference(SCAN) }))).rejects.toMatchObject({
    details: expect.stringContaining("was not deployed by the gate's provider in this run") as string,
  });
});

test("cancel ends a wait at once, with no child", async () => {
  await deployScan(true);
  const ended = construct(monitor.request({ scan: reference(SCAN) })).then(
    () => "open",
    () => "failed",
  );
  await untilPolled();

  const startMs = performance.now();
  await plugin.call<Empty>((done) => plugin.client.cancel(new Empty(), done));

  expect(await ended).toBe("failed");
  expect(performance.now() - startMs).toBeLessThan(1_000);
  expect(monitor.children).toEqual([]);
});

test("cancel ends the registration of a child, which the engine leaves open where its check fails", async () => {
  await deployScan();
  monitor.answersChild = false;
  const ended = expect(construct(monitor.request({ scan: reference(SCAN) }))).rejects.toMatchObject({
    details: "the engine ended the run before the gate's verdict was recorded",
  });
  while (monitor.children.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

  const startMs = performance.now();
  await plugin.call<Empty>((done) => plugin.client.cancel(new Empty(), done));

  await ended;
  expect(performance.now() - startMs).toBeLessThan(1_000);
});

test("a gate whose call the engine gives up asks no more", async () => {
  await deployScan(true);
  const call = plugin.client.construct(monitor.request({ scan: reference(SCAN) }), () => undefined);
  await untilPolled();

  call.cancel();
  await new Promise((resolve) => setTimeout(resolve, 2_500));

  expect(await statusRequests()).toBe(1);
  expect(monitor.children).toEqual([]);
});

test("inputs that name no scan are refused with nothing registered, and IDs alone close; those that are secret make secret outputs", async () => {
  const { projectId, scanId } = await deployScan();

  await expect(construct(monitor.request({ failOn: "low" }))).rejects.toMatchObject({
    details: "ScanGate: either scan or both projectId and scanId must be set.",
  });
  expect(monitor.registered).toEqual([]);

  const given = { projectId: secret(projectId ?? ""), scanId: scanId ?? "" };
  await expect(construct(monitor.request(given))).rejects.toMatchObject({
    details: expect.stringContaining("acceptJoined must be true, since IDs do not say who started the scan") as string,
  });

  const outputs = stateOf(await construct(monitor.request({ ...given, acceptJoined: true })));
  expect(outputs["passed"]).toEqual(secret(true));
  expect(monitor.children).toMatchObject([{ verdict: secret({}) }]);
});

test("the outputs are secret where the ID of the scan's project is, which the reference to the scan does not tell", async () => {
  const { projectId } = await service.createProject();
  const { inputs } = await plugin.check(SCAN, { projectId: secret(projectId), triggers: ["v1"] });
  await plugin.create(SCAN, inputs);

  const outputs = stateOf(await construct(monitor.request({ scan: reference(SCAN) })));

  expect(outputs["projectId"]).toEqual(secret(projectId));
  expect(monitor.children).toMatchObject([{ verdict: secret({}) }]);
});
