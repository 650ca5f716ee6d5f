import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNodeSdk } from "./stack/node-sdk";
import { pluginPath } from "./stack/plugin-stack";
import { CRITICAL, MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

const TRIGGERS = (build: number): string => `[${build}, { image: "sha256:0a1b", tags: ["a", null] }, shop.url]`;

/** The stack as the package for TypeScript deploys it. */
const before = `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
const scan = new crashtest.Scan("shop-scan", { projectId: shop.projectId, triggers: ${TRIGGERS(1)}, whenRunning: "restart" });
const gate = new crashtest.ScanGate("shop-gate", { scan, failOn: "low", baseline: "firstScan" });
const live = new crashtest.Project("live", { url: "http://127.0.0.1:9/" }, { dependsOn: [gate] });
exports.scanId = scan.scanId;
`;

/** The same over the plugin's SDK. */
const after = (build = 1): string => `
const pulumi = require("@pulumi/pulumi");
const crashtest = require("@pulumi-crashtest/crashtest");

const formerly = (name) => ({ aliases: [{ type: "pulumi-nodejs:dynamic/crashtest:" + name }] });
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" }, formerly("Project"));
const scan = new crashtest.Scan(
  "shop-scan",
  { projectId: shop.projectId, triggers: ${TRIGGERS(build)}, whenRunning: "restart" },
  formerly("Scan"),
);
const gate = new crashtest.ScanGate("shop-gate", { scan, failOn: "low", baseline: "firstScan" });
const live = new crashtest.Project(
  "live",
  { url: "http://127.0.0.1:9/" },
  { ...formerly("Project"), dependsOn: [gate] },
);
exports.scanId = scan.scanId;
exports.verdict = gate.verdict;
`;

test("a TypeScript stack of dynamic resources moves to the plugin by aliases, with its projects, scan and baseline", async () => {
  const service = await TestService.start({ default: [MEDIUM, CRITICAL] });
  const stack = Stack.create({ program: before, environment: service.environment });
  const write = (program: string): void => {
    writeFileSync(join(stack.folder, "index.js"), program);
  };
  const writes = async (): Promise<string[]> => (await service.takeLog()).filter((line) => !line.startsWith("GET"));
  await stack.up();
  const idsBefore = Object.fromEntries(["shop", "shop-scan", "live"].map((name) => [name, stack.resource(name).id]));
  await service.takeLog();

  stack.environment["PATH"] = await pluginPath();
  await installNodeSdk(stack);
  write(after());
  const preview = await stack.well("preview", "--diff");
  console.log(preview);
  console.log(await stack.up());
  const [moved, writesOfMove] = [stack.state(), await writes()];
  await stack.up("--expect-no-changes");
  write(after(2));
  const closed = await stack.upFails();
  const writesOfTrigger = await writes();
  await stack.well("destroy", "--yes", "--skip-preview");

  expect(writesOfMove).toEqual([]);
  expect(moved.resources.map(({ type }) => type).filter((type) => type.includes("dynamic"))).toEqual([]);
  expect(Object.fromEntries(moved.resources.map(({ urn, id }) => [urn.split("::").at(-1), id]))).toMatchObject(idsBefore);
  expect(closed).toContain("1 old left out (baseline: firstScan)");
  expect(writesOfTrigger).toEqual(["POST /projects/1/scans"]);
  expect(stack.state().resources).toEqual([]);
  expect(await service.projectIds()).toEqual([]);
});
