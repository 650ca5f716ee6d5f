import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseFindings } from "pulumi-crashtest/findings";
import { CRITICAL, MEDIUM, resourceClass } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** An object in a bucket, which is a folder. What is a change of it, the engine decides, by the content of the asset. */
const BUCKET_OBJECT = resourceClass(
  "BucketObject",
  `
const put = ({ bucket, name, source }) => require("fs").copyFileSync(source.path, bucket + "/" + name);
exports.handler = () => ({
  create: async (inputs) => (put(inputs), { id: inputs.name, outs: {} }),
  update: async (_id, _olds, news) => (put(news), { outs: {} }),
});`,
);

/** Every format in the bucket, one of them also at a path, with a scan that starts anew when BUILD changes. */
const PROGRAM = `${BUCKET_OBJECT}
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/", scanOnDeploy: { triggers: [process.env.BUILD] } });
const scan = { projectId: shop.projectId, scanId: shop.scanId };
const bucket = process.env.BUCKET;
const put = (name, args) => new BucketObject(name, { bucket, name, source: crashtest.getReportOutput({ ...scan, ...args }).asset });
put("report.pdf", { format: "pdf" });
put("report.json", { format: "json" });
put("report.sarif", { format: "sarif", folder: "reports", path: "crashtest.sarif" });
put("junit.xml", { format: "junit" });
put("report.md", { format: "markdown", baseline: ["0"] });
put("report.html", { format: "html", path: "reports/report.html" });`;

const OBJECTS = ["junit.xml", "report.html", "report.json", "report.md", "report.pdf", "report.sarif"];
const WRITTEN = ["crashtest.sarif", "report.html"];

let service: TestService;
let stack: Stack;
let bucket: string;
let reports: string;

beforeEach(async () => {
  service = await TestService.start({ default: MEDIUM });
  stack = Stack.create({ program: PROGRAM, environment: service.environment });
  bucket = join(stack.folder, "bucket");
  reports = join(stack.folder, "reports");
  mkdirSync(bucket);
  mkdirSync(reports);
  Object.assign(stack.environment, { BUCKET: bucket, BUILD: "1" });
});

const inBucket = (name: string): string => readFileSync(join(bucket, name), "utf8");

test("reports of all formats go into a bucket as assets; over the same scan neither up nor preview shows a change", async () => {
  await stack.up();

  expect(readdirSync(bucket).sort()).toEqual(OBJECTS);
  expect(readdirSync(reports).sort()).toEqual(WRITTEN);
  expect(inBucket("report.pdf")).toMatch(/^%PDF-/);
  expect(parseFindings(inBucket("report.json")).findingCounts).toMatchObject({ medium: 1 });
  expect(JSON.parse(inBucket("report.sarif"))).toMatchObject({ version: "2.1.0", runs: [{ results: [{}] }] });
  expect(inBucket("junit.xml")).toContain("<testsuites");
  expect(inBucket("report.md")).toContain("Cross-site scripting");
  expect(inBucket("report.html")).toMatch(/^<!doctype html>/i);
  for (const [written, object] of [
    ["crashtest.sarif", "report.sarif"],
    ["report.html", "report.html"],
  ] as const) {
    expect(readFileSync(join(reports, written), "utf8")).toBe(inBucket(object));
    expect(statSync(join(reports, written)).mode & 0o777).toBe(0o600);
  }

  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");
});

test("a preview writes nothing at a path, neither at the first time nor over what is there", async () => {
  await stack.up();
  for (const name of WRITTEN) rmSync(join(reports, name));

  await stack.well("preview", "--expect-no-changes");
  expect(readdirSync(reports)).toEqual([]);

  for (const name of WRITTEN) writeFileSync(join(reports, name), "old");
  await stack.well("preview", "--expect-no-changes");
  for (const name of WRITTEN) expect(readFileSync(join(reports, name), "utf8")).toBe("old");
});

test("what a new scan found is a change of the assets, and goes to where they are", async () => {
  await stack.up();
  service.setScript({ default: CRITICAL });
  stack.environment["BUILD"] = "2";

  await stack.up();

  expect(parseFindings(inBucket("report.json")).findingCounts).toMatchObject({ critical: 1, medium: 1 });
  for (const name of OBJECTS.filter((object) => object !== "report.pdf"))
    expect(inBucket(name)).toContain("SQL injection");
  expect(readFileSync(join(reports, "report.html"), "utf8")).toContain("SQL injection");
  await stack.up("--expect-no-changes");
});

test("a name that leads out of the folder fails the deployment, and nothing is written", async () => {
  stack.write(
    `crashtest.getReport({ projectId: 1, scanId: 1, format: "html", folder: "reports", path: "../escaped.html" });`,
  );

  const output = await stack.upFails();

  expect(output).toContain(
    'Could not write "../escaped.html" in the folder "reports": the name leads out of the folder.',
  );
  expect(existsSync(join(stack.folder, "escaped.html"))).toBe(false);
});
