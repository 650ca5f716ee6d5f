import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Report, ReportArgs } from "pulumi-crashtest";
import {
  countFindings,
  fingerprintOf,
  parseFindings,
  parseJunit,
  type FindingsReport,
} from "pulumi-crashtest/findings";
import { toHtml } from "../../../findings/formats/html";
import { toJunit } from "../../../findings/formats/junit";
import { toMarkdown } from "../../../findings/formats/markdown";
import type { FormatContext } from "../../../findings/formats/presented-finding";
import { toSarif } from "../../../findings/formats/sarif";
import type * as Derived from "../../../report-files/report-format";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, isKnown, RecordedProgram, settled } from "./recorded-program";
import { ScannedService, type ScanOfProject } from "./scanned-service";

let service: ScannedService;
let folder: string;
const ownFolders = new Set<string>();

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
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

afterAll(async () => {
  await service.close();
  for (const ownFolder of ownFolders) rmSync(ownFolder, { recursive: true });
});

const DERIVATIONS: readonly [
  format: "sarif" | "junit" | "markdown" | "html",
  extension: string,
  derive: (report: FindingsReport, context: FormatContext) => string,
][] = [
  ["sarif", ".sarif", (report, context) => `${JSON.stringify(toSarif(report, context), null, 2)}\n`],
  ["junit", ".xml", toJunit],
  ["markdown", ".md", toMarkdown],
  ["html", ".html", toHtml],
];

/** Fetches a report to a path, as text. */
async function fetched(
  args: Omit<ReportArgs, "projectId" | "webhook" | "scanId"> & Partial<ScanOfProject>,
): Promise<string> {
  const { sdk } = await RecordedProgram.start(service.settings);
  const path = join(folder, "fetched");
  await sdk.getReport({ ...service.finished, ...args, path });
  return readFileSync(path, "utf8");
}

/** Where the report's bytes are. A run's own folder goes with the process, which in a test is jest's. */
async function fileOf({ asset, path }: Report): Promise<string> {
  if (!(asset instanceof pulumi.asset.FileAsset)) throw new Error("the asset is none of a file");
  const file = await asset.path;
  if (file !== path) ownFolders.add(dirname(file));
  return file;
}

describe.each(DERIVATIONS)("%s", (format, extension, derive) => {
  test("is made from the JSON report, knows its scan, and is told with its size", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);
    const path = join(folder, "report");
    const { projectId, scanId } = service.finished;

    const report = await sdk.getReport({ projectId: Number(projectId), scanId, format, path });

    const expected = derive(parseFindings(await fetched({ format: "json" })), { projectId, scanId });
    expect(readFileSync(path, "utf8")).toBe(expected);
    expect(report).toMatchObject({ format, path, sizeBytes: statSync(path).size });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await fileOf(report)).toBe(path);
  });

  test("has the same bytes each time", async () => {
    const first = await fetched({ format, baseline: ["b", "a"] });
    jest.useFakeTimers({
      now: new Date("2031-05-06T07:08:09Z"),
      doNotFake: ["nextTick", "setImmediate", "setTimeout", "performance"],
    });
    const second = await fetched({ format, baseline: ["a", "b"] }).finally(() => jest.useRealTimers());

    expect(second).toBe(first);
  });

  test("marks as new what is not in a baseline, and nothing without one", async () => {
    const report = parseFindings(await fetched({ format: "json" }));
    const baseline = report.findings.map(fingerprintOf);

    const texts = [
      await fetched({ format }),
      await fetched({ format, baseline: [] }),
      await fetched({ format, baseline }),
    ];

    const { projectId, scanId } = service.finished;
    const contexts = [undefined, [], baseline].map((known) => ({ projectId, scanId, baseline: known }));
    expect(texts).toEqual(contexts.map((context) => derive(report, context)));
    expect(texts[1]).not.toBe(texts[2]);
  });

  test("of a scan that failed is refused, unless it is asked for: then it says so", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);
    const path = join(folder, "report");
    const args = { ...service.failed, format, path };

    await expect(sdk.getReport(args)).rejects.toMatchObject({
      code: "SCAN_UNSUCCESSFUL",
      message: expect.stringMatching(
        /^Could not make the \w+ report of scan 3: the scan did not finish \(failed, status code 104.*allowUnfinished: true/,
      ) as string,
    });
    expect(readdirSync(folder)).toEqual([]);

    await sdk.getReport({ ...args, allowUnfinished: true });
    const { projectId, scanId } = service.failed;
    const scanEnd = { state: "failed", statusCode: 104, reason: "it crashed" } as const;
    const scannerErrors = [{ scanner: "scan", message: "The scan did not finish (failed: it crashed)." }];
    const json = parseFindings(readFileSync(await fileOf(await sdk.getReport({ ...args, format: "json" })), "utf8"));
    expect(await fetched({ ...service.failed, format, allowUnfinished: true })).toBe(
      derive(json, { projectId, scanId, scanEnd, scannerErrors }),
    );
  });

  test("names a scanner that broke", async () => {
    const errors = [{ scanner: "portscan", message: "no route" }];
    const report = parseFindings(await fetched({ ...service.broken, format: "json" }));

    expect(await fetched({ ...service.broken, format })).toBe(
      derive(report, { ...service.broken, scannerErrors: errors }),
    );
  });

  test("without a path is an asset whose file ends as readers want it", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);

    const report = await sdk.getReport({ ...service.finished, format });

    const file = await fileOf(report);
    expect(report.path).toBeUndefined();
    expect(extname(file)).toBe(extension);
    expect(statSync(file)).toMatchObject({ size: report.sizeBytes });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("in a preview is an asset of the same content, and nothing is written at the path", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });
    const path = join(folder, "report");

    const report = await settled(sdk.getReportOutput({ ...service.finished, format, path }));

    expect(readdirSync(folder)).toEqual([]);
    expect(report.path).toBe(path);
    expect(readFileSync(await fileOf(report), "utf8")).toBe(await fetched({ format }));
  });

  test("of a running scan is unknown in a preview", async () => {
    const { sdk } = await RecordedProgram.start({ ...service.settings, isPreview: true });

    expect(await isKnown(sdk.getReportOutput({ ...service.running, format }))).toBe(false);
  });

  test("by webhook is made from the XML report, which is requested once", async () => {
    const { sdk } = await RecordedProgram.start(service.settings);
    const byWebhook = await service.byWebhook(service.broken);
    const before = await service.paths();
    const [path, ownReport] = [join(folder, "report"), join(folder, "report.xml")];

    await sdk.getReport({ ...byWebhook, format, path });
    const requested = (await service.paths()).slice(before.length);
    await sdk.getReport({ ...byWebhook, format: "xml", path: ownReport });

    const { findings, scanners, scannerErrors } = parseJunit(readFileSync(ownReport, "utf8"));
    const report = parseFindings({ findings: { xss: [] } });
    const expected = { ...report, findings, findingCounts: countFindings(findings), scanners: { ran: scanners } };
    expect(readFileSync(path, "utf8")).toBe(derive(expected, { scanId: byWebhook.scanId, scannerErrors }));
    expect(requested.filter((at) => at.includes("/report"))).toHaveLength(1);
  });

  test("from a JSON report above maxReportBytes is REPORT_TOO_LARGE", async () => {
    const { config, secretKeys } = service.settings;
    const { sdk } = await RecordedProgram.start({
      config: { ...config, "crashtest:maxReportBytes": "100" },
      secretKeys,
    });

    await expect(sdk.getReport({ ...service.finished, format, path: join(folder, "report") })).rejects.toMatchObject({
      code: "REPORT_TOO_LARGE",
      message: expect.stringContaining("Raise crashtest:maxReportBytes") as string,
    });

    expect(readdirSync(folder)).toEqual([]);
  });
});

test("the service's own reports of a scan that failed are handed on as they are", async () => {
  expect(await fetched({ ...service.failed, format: "xml" })).toContain(
    "The scan did not finish (failed: it crashed).",
  );
});

test("allowUnfinished that is no boolean is refused", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const args = { ...service.failed, format: "sarif" as const, allowUnfinished: "yes" as unknown as boolean };

  await expect(sdk.getReport(args)).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: "getReport: allowUnfinished must be true or false.",
  });
});

test.each<[string, ReportArgs["format"], unknown, string]>([
  ["for a format of the service's own", "json", [], "baseline cannot be used with json"],
  ["that is no list", "sarif", "abc", "baseline must be an array of fingerprints (strings)"],
  ["of findings", "sarif", [{ fingerprint: "abc" }], "baseline must be an array of fingerprints (strings)"],
])("a baseline %s is refused", async (_what, format, baseline, problem) => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const args = { ...service.finished, format, baseline: baseline as string[] };

  await expect(sdk.getReport(args)).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining(problem) as string,
  });
});

test("getReportOutput takes outputs for baseline and folder", async () => {
  const { sdk } = await RecordedProgram.start(service.settings);
  const { projectId, scanId } = service.finished;

  const report = sdk.getReportOutput({
    projectId,
    scanId,
    format: pulumi.output<"markdown">("markdown"),
    path: pulumi.output("report.md"),
    folder: pulumi.output(folder),
    baseline: pulumi.output([pulumi.output("abc")]),
  });

  expect(await settled(report)).toMatchObject({ path: join(folder, "report.md") });
  expect(readFileSync(join(folder, "report.md"), "utf8")).toBe(await fetched({ format: "markdown", baseline: [] }));
});

test("a program loads a derived format when it asks for it, and no other", () => {
  const loaded: string[] = [];
  for (const [name] of DERIVATIONS) {
    jest.doMock(`../../../findings/formats/${name}`, () => {
      loaded.push(name);
      return { toHtml: () => "<p>" };
    });
  }

  jest.isolateModules(() => {
    jest.requireActual("pulumi-crashtest");
    expect(loaded).toEqual([]);

    const { deriveReport: derive } = jest.requireActual<typeof Derived>("../../../report-files/report-format");
    expect(derive("html", parseFindings({ findings: { xss: [] } }), {})).toBe("<p>");
    expect(loaded).toEqual(["html"]);
  });

  for (const [name] of DERIVATIONS) jest.dontMock(`../../../findings/formats/${name}`);
});
