import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Report, ReportArgs } from "pulumi-crashtest";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { failureOf, forgetProgram, isKnown, RecordedProgram, settled } from "./recorded-program";
import { ScannedService } from "./scanned-service";

let service: ScannedService;
let folder: string;
let ownFolder: string | undefined;

beforeAll(async () => {
  service = await ScannedService.start();
});

beforeEach(() => {
  clearEnvironment();
  folder = mkdtempSync(join(tmpdir(), "crashtest-test-"));
});

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
  rmSync(folder, { recursive: true });
});

afterAll(async () => {
  await service.close();
  if (ownFolder !== undefined) rmSync(ownFolder, { recursive: true });
});

/** Where the report's bytes are. A run's own folder goes with the process, which in a test is jest's. */
async function fileOf({ asset, path }: Report): Promise<string> {
  if (!(asset instanceof pulumi.asset.FileAsset)) throw new Error("the asset is none of a file");
  const file = await asset.path;
  if (file !== path) ownFolder = dirname(file);
  return file;
}

test.each([
  ["pdf", /^%PDF-/],
  ["xml", /<failure message="[^"]*" type="medium"/],
  ["json", /^\{"message":"scan_findings_retrieved"/],
] as const)("the %s report is written to the path and told with its size", async (format, content) => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const path = join(folder, `report.${format}`);

  const report = await sdk.getReport({ ...service.finished, format, path });

  expect(report).toMatchObject({ format, path, sizeBytes: statSync(path).size });
  expect(readFileSync(path, "utf8")).toMatch(content);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await fileOf(report)).toBe(path);
});

test("a relative path is taken from the program's folder and told as an absolute one", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const path = join(folder, "report.xml");

  const report = await sdk.getReport({ ...service.finished, format: "xml", path: relative(process.cwd(), path) });

  expect(report.path).toBe(path);
  expect(existsSync(path)).toBe(true);
});

test("without a path the asset holds the report and no path is told", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  const report = await sdk.getReport({ ...service.finished, format: "xml" });

  const file = await fileOf(report);
  expect(report.path).toBeUndefined();
  expect(readFileSync(file, "utf8")).toContain("<testsuites");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a webhook gives the xml report, without an API key", async () => {
  const { "crashtest:apiKey": _key, ...config } = service.settings.config;
  const { sdk } = await RecordedProgram.start({ config });
  const path = join(folder, "report.xml");

  await sdk.getReport({ ...(await service.byWebhook(service.finished)), format: "xml", path });

  expect(readFileSync(path, "utf8")).toContain("<testsuites");
});

describe("nothing is left at the path or beside it, an old file is kept, and the error has its code:", () => {
  const cases: readonly [string, string, () => Promise<ReportArgs> | ReportArgs][] = [
    ["a running scan", "SCAN_NOT_FINISHED", () => ({ ...service.running, format: "pdf" })],
    ["a scan that is not there", "NOT_FOUND", () => ({ ...service.finished, scanId: 999, format: "pdf" })],
    ["a scan ID that is none", "ARGUMENT_INVALID", () => ({ ...service.finished, scanId: "x", format: "pdf" })],
    [
      "a format that is none",
      "ARGUMENT_INVALID",
      () => ({ ...service.finished, format: "docx" as unknown as ReportArgs["format"] }),
    ],
    [
      "a pdf by webhook",
      "ARGUMENT_INVALID",
      async () => ({ ...(await service.byWebhook(service.finished)), format: "pdf" }),
    ],
    [
      "a json by webhook",
      "ARGUMENT_INVALID",
      async () => ({ ...(await service.byWebhook(service.finished)), format: "json" }),
    ],
    ["a csv, which this service does not have", "ARGUMENT_INVALID", () => ({ ...service.finished, format: "csv" })],
    ["a baseline for a pdf", "ARGUMENT_INVALID", () => ({ ...service.finished, format: "pdf", baseline: [] })],
  ];

  test.each(cases)("%s is %s", async (_what, code, argsOf) => {
    const { sdk } = await RecordedProgram.start(service.settings);
    const path = join(folder, "report.pdf");
    const args = await argsOf();

    await expect(sdk.getReport({ ...args, path })).rejects.toMatchObject({ code });
    expect(readdirSync(folder)).toEqual([]);

    writeFileSync(path, "old");
    await expect(sdk.getReport({ ...args, path })).rejects.toMatchObject({ code });
    expect(readdirSync(folder)).toEqual(["report.pdf"]);
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test("a report above maxReportBytes is REPORT_TOO_LARGE", async () => {
    const { config, secretKeys } = service.settings;
    const settings = { config: { ...config, "crashtest:maxReportBytes": "1000" }, secretKeys };
    const { sdk } = await RecordedProgram.start(settings);
    const path = join(folder, "report.pdf");
    writeFileSync(path, "old");

    await expect(sdk.getReport({ ...service.finished, format: "pdf", path })).rejects.toMatchObject({
      code: "REPORT_TOO_LARGE",
      message: expect.stringContaining("Raise crashtest:maxReportBytes") as string,
    });

    expect(readdirSync(folder)).toEqual(["report.pdf"]);
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test("a path below a file is ARGUMENT_INVALID, and the service is not asked", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);
    const before = await service.paths();
    writeFileSync(join(folder, "file"), "");
    const path = join(folder, "file", "report.pdf");

    await expect(sdk.getReport({ ...service.finished, format: "pdf", path })).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining(`the folder ${join(folder, "file")} does not exist`) as string,
    });

    expect(await service.paths()).toEqual(before);
  });
});

test.each<[string, (folder: string) => { folder?: string; path: string }]>([
  ["path", (at) => ({ path: join(at, "reports", "of today", "report.xml") })],
  ["folder", (at) => ({ folder: join(at, "reports", "of today"), path: "report.xml" })],
  ["path in its folder", (at) => ({ folder: join(at, "reports"), path: "of today/report.xml" })],
])("a missing folder of the %s is made in an up, and not in a preview", async (_which, placeIn) => {
  const args = { ...service.finished, format: "xml" as const, ...placeIn(folder) };
  const inPreview = await RecordedProgram.start({ ...service.settings, isPreview: true });
  await fileOf(await inPreview.sdk.getReport(args));
  expect(readdirSync(folder)).toEqual([]);

  const inUp = await RecordedProgram.start(service.settings);
  await inUp.sdk.getReport(args);
  expect(readFileSync(join(folder, "reports", "of today", "report.xml"), "utf8")).toContain("<testsuites");
});

test("an unknown format is refused with those that there are", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);

  for (const format of ["docx", "", "toString", undefined, ["pdf"]] as unknown as ReportArgs["format"][]) {
    await expect(sdk.getReport({ ...service.finished, format })).rejects.toThrow(
      "getReport: format must be one of pdf, xml, json, csv, sarif, junit, markdown, html.",
    );
  }
});

describe("with a folder", () => {
  test("the file is below it, and its absolute path is told", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);
    mkdirSync(join(folder, "of today"));
    const named = relative(process.cwd(), folder);

    const report = await sdk.getReport({
      ...service.finished,
      format: "xml",
      folder: named,
      path: "of today/report.xml",
    });

    const path = join(folder, "of today", "report.xml");
    expect(report.path).toBe(path);
    expect(await fileOf(report)).toBe(path);
    expect(readFileSync(path, "utf8")).toContain("<testsuites");
  });

  test.each([false, true])("a name that leads out is refused, and the service not asked (preview: %s)", async (is) => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: is });
    const before = await service.paths();
    const named = join(folder, "reports");
    mkdirSync(named);
    mkdirSync(join(folder, "outside"));
    symlinkSync("../outside", join(named, "way"));

    for (const path of ["../report.xml", join(folder, "report.xml"), "way/report.xml", ""]) {
      await expect(sdk.getReport({ ...service.finished, format: "xml", folder: named, path })).rejects.toMatchObject({
        code: "ARGUMENT_INVALID",
      });
    }

    expect(await service.paths()).toEqual(before);
    expect(readdirSync(folder)).toEqual(["outside", "reports"]);
    expect(readdirSync(join(folder, "outside"))).toEqual([]);
  });

  test("a link at the path is replaced in an up, and stays in a preview", async () => {
    const path = join(folder, "report.xml");
    symlinkSync("victim", path);
    const args = { ...service.finished, format: "xml", folder, path: "report.xml" } as const;

    const inPreview = await RecordedProgram.start({ ...service.settings, isPreview: true });
    await inPreview.sdk.getReport(args);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);

    const inUp = await RecordedProgram.start(service.settings);
    await inUp.sdk.getReport(args);
    expect(lstatSync(path).isFile()).toBe(true);
    expect(readdirSync(folder)).toEqual(["report.xml"]);
  });
});

describe("in a preview", () => {
  test("nothing is written at the path, and the asset has the content all the same", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });
    const path = join(folder, "report.xml");

    const report = await settled(sdk.getReportOutput({ ...service.finished, format: "xml", path }));

    expect(report.path).toBe(path);
    expect(readdirSync(folder)).toEqual([]);
    expect(readFileSync(await fileOf(report), "utf8")).toContain("<testsuites");
  });

  test("a running scan's report is unknown, and nothing is written", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });
    const path = join(folder, "report.xml");

    expect(await isKnown(sdk.getReportOutput({ ...service.running, format: "xml", path }))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("the report of a scan that is not known yet is unknown, and the service is not asked", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });
    const before = await service.paths();
    const scanId = pulumi.output(pulumi.unknown as string);

    expect(await isKnown(sdk.getReportOutput({ projectId: 7, scanId, format: "xml" }))).toBe(false);
    expect(await service.paths()).toEqual(before);
  });
});

test("in an up a running scan's report fails with SCAN_NOT_FINISHED, and nothing is written", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const path = join(folder, "report.xml");
  expect(await failureOf(sdk.getReportOutput({ ...service.running, format: "xml", path }))).toMatchObject({
    code: "SCAN_NOT_FINISHED",
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("getReportOutput takes outputs for all of its arguments", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const path = join(folder, "report.xml");
  const { projectId, scanId } = service.finished;

  const report = sdk.getReportOutput({
    projectId: pulumi.output(projectId),
    scanId: pulumi.output(scanId),
    format: pulumi.output<"xml">("xml"),
    path: pulumi.output(path),
  });

  expect(await settled(report)).toMatchObject({ format: "xml", path, sizeBytes: statSync(path).size });
});
