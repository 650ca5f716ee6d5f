import { CRASHTEST_RULES } from "../../../service/crashtest/rules";
import type { ScanningService } from "../../../service/service";
import { retrieveFindings } from "../../../report-files/findings-report";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { failureOf, forgetProgram, isKnown, RecordedProgram, settled } from "./recorded-program";
import { ScannedService } from "./scanned-service";

let service: ScannedService;

beforeAll(async () => {
  service = await ScannedService.start();
});

beforeEach(clearEnvironment);

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

afterAll(() => service.close());

const COUNTS = { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 };

test("findings of a finished scan come as data, with counts per severity", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  const report = await sdk.getFindings(service.finished);

  expect(report.findingCounts).toEqual(COUNTS);
  expect(report.findings).toEqual([
    expect.objectContaining({ scanner: "xss", slug: "xss", title: "Cross-site scripting", severity: "medium" }),
  ]);
});

test("texts of a scanned site that the engine would take for its colours begin none", async () => {
  const json = JSON.stringify({ findings: { xss: [{ information: "a <{%zzz%}> b" }] }, scanners: ["<{%zzz%}>"] });
  const scanning = { rules: CRASHTEST_RULES, readReport: () => Promise.resolve(json) } as unknown as ScanningService;

  const report = await retrieveFindings(scanning, { projectId: "7", scanId: "5" });

  expect(JSON.stringify(report)).toContain("a \uFFFD{%zzz%}> b");
  expect(JSON.stringify(report)).not.toContain("<{%");
});

test("findings of a running scan are SCAN_NOT_FINISHED", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  await expect(sdk.getFindings(service.running)).rejects.toMatchObject({
    code: "SCAN_NOT_FINISHED",
    message: expect.stringContaining("The scan is still running: try again when it has ended.") as string,
  });
});

test("findings of a scan that is not there are NOT_FOUND", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  await expect(sdk.getFindings({ ...service.finished, scanId: 999 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("an ID that is none is refused by name", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  await expect(sdk.getFindings({ projectId: 7, scanId: "last" })).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: "getFindings: scanId must be a positive whole number, such as 42.",
  });
});

test("by webhook, without an API key, they come from the XML report", async () => {
  const { "crashtest:apiKey": _key, ...config } = service.settings.config;
  const { sdk } = await RecordedProgram.start({ config });

  const { findingCounts, findings } = await settled(sdk.getFindingsOutput(await service.byWebhook(service.finished)));

  expect(findingCounts).toEqual(COUNTS);
  expect(findings).toEqual([
    expect.objectContaining({ scanner: "xss", slug: "", severity: "medium", information: "Reflected: <q> & “東京”" }),
  ]);
  expect(findings[0]).not.toHaveProperty("cvss");
});

test("a report above maxReportBytes is REPORT_TOO_LARGE", async () => {
  const { config, secretKeys } = service.settings;
  const { sdk } = await RecordedProgram.start({ config: { ...config, "crashtest:maxReportBytes": "100" }, secretKeys });

  await expect(sdk.getFindings(service.finished)).rejects.toMatchObject({
    code: "REPORT_TOO_LARGE",
    maxReportBytes: 100,
  });
});

describe("getFindingsOutput", () => {
  test.each([true, false])("gives the findings of a finished scan (preview: %s)", async (isPreview) => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview });

    const { findingCounts } = await settled(sdk.getFindingsOutput(service.finished));

    expect(findingCounts).toEqual(COUNTS);
  });

  test("is unknown in a preview while the scan runs", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });

    expect(await isKnown(sdk.getFindingsOutput(service.running))).toBe(false);
  });

  test("fails with SCAN_NOT_FINISHED in an up while the scan runs", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);

    expect(await failureOf(sdk.getFindingsOutput(service.running))).toMatchObject({ code: "SCAN_NOT_FINISHED" });
  });

  test("fails in a preview as well where the scan is not there", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });

    const findings = sdk.getFindingsOutput({ ...service.finished, scanId: 999 });

    expect(await failureOf(findings)).toMatchObject({ code: "NOT_FOUND" });
  });
});
