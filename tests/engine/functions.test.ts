import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { deployed } from "./stack/deployed";
import { TestService } from "./stack/service";
import type { Stack } from "./stack/stack";

const SCRIPT = {
  default: {
    durationSeconds: 3_600,
    findings: { xss: [{ finding_description_slug: "xss", information: "Reflected in the parameter q" }] },
    descriptions: [{ slug: "xss", title: "Cross-site scripting", baseScore: 6.1 }],
  },
};

/** A scan that an earlier run started, asked about by functions that depend on it. */
const program = (functions: string): string => `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/", scanOnDeploy: { triggers: [] } });
const scan = { projectId: shop.projectId, scanId: shop.scanId };
${functions}`;

const ALL = program(`
exports.pdf = crashtest.getReportOutput({ ...scan, format: "pdf", path: "report.pdf" }).apply(({ asset, ...rest }) => rest);
exports.xmlAsset = crashtest.getReportOutput({ ...scan, format: "xml" }).asset;
exports.status = crashtest.getScanStatusOutput(scan);
exports.counts = crashtest.getFindingsOutput(scan).findingCounts;`);

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start(SCRIPT);
  stack = await deployed(service, program(""));
});

test("functions give status, findings and reports of an ended scan, and a second up shows no change", async () => {
  await service.advance(3_601);
  stack.write(ALL);

  await stack.up();

  const outputs = await stack.outputs();
  const path = join(stack.folder, "report.pdf");
  expect(outputs["status"]).toEqual({ scanId: "1", statusCode: 102, state: "finished" });
  expect(outputs["counts"]).toEqual({ critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 });
  expect(outputs["pdf"]).toEqual({ format: "pdf", path, sizeBytes: statSync(path).size });
  expect(readFileSync(path).subarray(0, 5).toString()).toBe("%PDF-");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await stack.up("--expect-no-changes");
});

test("while the scan runs a preview shows them as unknown, an up fails with the code, and nothing is written", async () => {
  stack.write(ALL);

  const preview = await stack.well("preview");
  expect(preview).toMatch(/pdf\s*: \[unknown\]/);
  expect(preview).toMatch(/counts\s*: \[unknown\]/);

  stack.write("module.exports = async () => ({ findings: await crashtest.getFindings({ projectId: 1, scanId: 1 }) });");
  const output = await stack.upFails();
  expect(output).toContain("The scan is still running: try again when it has ended");
  expect(existsSync(join(stack.folder, "report.pdf"))).toBe(false);
});

test("a preview over an ended scan writes nothing at the path", async () => {
  await service.advance(3_601);
  stack.write(ALL);

  const preview = await stack.well("preview");

  expect(preview).toMatch(/medium\s*: 1/);
  expect(existsSync(join(stack.folder, "report.pdf"))).toBe(false);
});
