import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ContractService } from "../contract-service";
import { inOwnFolder } from "../own-folder";
import { PluginClient } from "./plugin-client";

let service: ContractService;
let plugin: PluginClient;
const folder = inOwnFolder();

beforeAll(async () => {
  service = await ContractService.start();
  plugin = await PluginClient.configured(service.environment);
});

afterAll(async () => {
  plugin.close();
  await service.close();
});

test("getScanStatus returns the status of a scan", async () => {
  const { projectId, scanId } = await service.createScan();

  expect(await plugin.invoke("getScanStatus", { projectId, scanId })).toMatchObject({ scanId, state: "finished" });
});

test("getFindings returns what an ended scan found", async () => {
  const { projectId, scanId } = await service.createScan();

  expect(await plugin.invoke("getFindings", { projectId, scanId })).toMatchObject({ findingCounts: { critical: 0 } });
});

test("getReport writes a file, in a preview a temporary one, and returns it as an asset", async () => {
  const { projectId, scanId } = await service.createScan();
  const args = { projectId, scanId, format: "sarif", path: "out/report.sarif" };

  const foreseen = await plugin.invoke("getReport", args, true);
  expect(existsSync(join(folder(), "out"))).toBe(false);
  const report = await plugin.invoke("getReport", args);

  const text = readFileSync(join(folder(), "out/report.sarif"), "utf8");
  expect(report).toMatchObject({
    format: "sarif",
    path: join(folder(), "out/report.sarif"),
    sizeBytes: text.length,
    asset: { path: join(folder(), "out/report.sarif") },
  });
  expect(foreseen).toMatchObject({ format: "sarif", path: join(folder(), "out/report.sarif"), sizeBytes: text.length });
  const { asset } = foreseen as { asset: { path: string } };
  expect(readFileSync(asset.path, "utf8")).toBe(text);
});

test("a running scan has no findings yet", async () => {
  const { projectId, scanId } = await service.createScan(true);

  await expect(plugin.invoke("getFindings", { projectId, scanId })).rejects.toMatchObject({
    details: expect.stringContaining("The scan is still running") as string,
  });
});

test("a function is given up at once when the engine cancels", async () => {
  const { projectId, scanId } = await service.createScan();
  const other = await PluginClient.configured(service.environment);
  await service.addFault({ operation: "getScanStatus", kind: "delay", delayMs: 2_000 });
  const startMs = performance.now();

  const called = other.invoke("getScanStatus", { projectId, scanId }).catch((error: unknown) => error);
  await other.call<Empty>((done) => other.client.cancel(new Empty(), done));

  expect(await called).toMatchObject({ details: expect.stringMatching(/^interrupted: /) as string });
  expect(performance.now() - startMs).toBeLessThan(1_500);
  other.close();
});

test("invalid arguments are refused", async () => {
  await expect(plugin.invoke("getScanStatus", { scanId: "5" })).rejects.toMatchObject({
    details: "getScanStatus: projectId or webhook must be set, but not both.",
  });
  await expect(plugin.invoke("getShop", {})).rejects.toMatchObject({
    details: "unknown function crashtest:index:getShop",
  });
});

test("a message that would exceed what the protocol can carry is cut, and has no key in it", async () => {
  const failure = await plugin
    .invoke(`key-of-anna-3e9a${"\u6771".repeat(100_000)}`, {})
    .catch((error: unknown) => error);

  const { details } = failure as { details: string };
  expect(details).toMatch(/^unknown function crashtest:index:\[secret\]\u6771+\u2026$/);
});
