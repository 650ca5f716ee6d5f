import * as pulumi from "@pulumi/pulumi";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, isKnown, isSecret, RecordedProgram, settled } from "./recorded-program";
import { ScannedService } from "./scanned-service";

let service: ScannedService;
let other: ScannedService | undefined;

beforeAll(async () => {
  service = await ScannedService.start();
});

beforeEach(clearEnvironment);

afterEach(async () => {
  forgetProgram();
  restoreEnvironment();
  await other?.close();
  other = undefined;
});

afterAll(() => service.close());

test("the status of a finished and of a running scan is told by code and by word", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const { finished, running } = service;

  expect(await sdk.getScanStatus(finished)).toEqual({ scanId: finished.scanId, statusCode: 102, state: "finished" });
  expect(await sdk.getScanStatus(running)).toEqual({ scanId: running.scanId, statusCode: 101, state: "running" });
});

test.each([
  ["neither", { scanId: 1 }],
  ["both", { projectId: 7, webhook: "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f", scanId: 1 }],
  ["a webhook that is none", { webhook: "", scanId: 1 }],
])("project or webhook, and not %s", async (_what, reference) => {
  const { sdk } = await RecordedProgram.start(service.settings);

  const asked = sdk.getScanStatus(reference as Parameters<typeof sdk.getScanStatus>[0]);

  await expect(asked).rejects.toMatchObject({ code: "ARGUMENT_INVALID" });
});

test("the status by webhook needs no API key", async () => {
  const { "crashtest:apiKey": _key, ...config } = service.settings.config;
  const { sdk } = await RecordedProgram.start({ config });

  const status = await sdk.getScanStatus(await service.byWebhook(service.finished));

  expect(status).toEqual({ scanId: service.finished.scanId, statusCode: 102, state: "finished" });
});

test("IDs may be numbers", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const { projectId, scanId } = service.finished;

  const status = await sdk.getScanStatus({ projectId: Number(projectId), scanId: Number(scanId) });

  expect(status.scanId).toBe(scanId);
});

test("a scan that is not there is NOT_FOUND, with both IDs in the text", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const { projectId } = service.finished;

  await expect(sdk.getScanStatus({ projectId, scanId: 999 })).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: `Scan 999 of project ${projectId} was not found. Check both IDs; the scan may have been deleted.`,
  });
});

test("a scan that is not there by webhook is NOT_FOUND, and the text holds no webhook", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const { webhook } = await service.byWebhook(service.finished);

  const error: unknown = await sdk.getScanStatus({ webhook, scanId: 999 }).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("Scan 999 of this webhook") as string,
  });
  expect(String(error)).not.toContain(webhook);
});

test.each<[string, string | number]>([
  ["zero", 0],
  ["negative", -1],
  ["a fraction", 1.5],
  ["empty", ""],
  ["a word", "twelve"],
  ["with a path in it", "12/../13"],
  ["above what a number holds", "9007199254740993"],
])("a scan ID that is %s is refused without a request", async (_what, scanId) => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const before = await service.paths();

  await expect(sdk.getScanStatus({ projectId: 7, scanId })).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: "getScanStatus: scanId must be a positive whole number, such as 42.",
  });
  expect(await service.paths()).toEqual(before);
});

test("a project ID that is none is refused by name", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  await expect(sdk.getScanStatus({ projectId: "shop", scanId: 12 })).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: "getScanStatus: projectId must be a positive whole number, such as 42.",
  });
});

describe("getScanStatusOutput", () => {
  test("takes outputs and tells a running scan's status, also in a preview", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });
    const { projectId, scanId } = service.running;

    const status = sdk.getScanStatusOutput({ projectId: pulumi.output(projectId), scanId });

    expect(await settled(status)).toEqual({ scanId, statusCode: 101, state: "running" });
  });

  test("is unknown where the scan is not known yet, and asks nothing", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });
    const before = await service.paths();

    const status = sdk.getScanStatusOutput({ projectId: 7, scanId: pulumi.output(pulumi.unknown as string) });

    expect(await isKnown(status)).toBe(false);
    expect(await service.paths()).toEqual(before);
  });

  test("is a secret where the webhook is one", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);
    const { webhook, scanId } = await service.byWebhook(service.finished);

    expect(await isSecret(sdk.getScanStatusOutput({ webhook: pulumi.secret(webhook), scanId }))).toBe(true);
  });
});

test("two stacks in one process are each asked with their own settings", async () => {
  other = await ScannedService.start();
  const first = await RecordedProgram.start(service.settings);
  await first.sdk.getScanStatus(service.finished);
  forgetProgram();

  const second = await RecordedProgram.start(other.settings);
  await second.sdk.getScanStatus(other.running);

  expect((await other.paths()).at(-1)).toBe(
    `/projects/${other.running.projectId}/scans/${other.running.scanId}/status`,
  );
});
