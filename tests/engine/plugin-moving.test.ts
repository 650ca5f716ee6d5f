import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deployed } from "./stack/deployed";
import { installNodeSdk, transpiled } from "./stack/node-sdk";
import { gatedYaml, pluginPath, writeYaml } from "./stack/plugin-stack";
import { pythonEnvironment, writePython } from "./stack/python-stack";
import { CLEAN, CRITICAL, gatedProgram, MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import type { Stack } from "./stack/stack";

const DOCUMENT = readFileSync(resolve(__dirname, "../../docs/moving-to-the-plugin.md"), "utf8");

/** The document's only block in TypeScript, as it stands there. */
function documentedProgram(): string {
  const [, indent = "", code = ""] = /^( *)```typescript\n([\s\S]*?)```/m.exec(DOCUMENT) ?? [];
  return code.replaceAll(new RegExp(`^${indent}`, "gm"), "");
}

const CONTENT = "content of a file among the triggers";

/**
 * What the stack has before it moves: a project with its scan on deploy, by values and contents, and its gate; what that holds
 * back, and a hook on it that scans another project.
 */
const BEFORE = `
require("fs").writeFileSync("build.txt", ${JSON.stringify(CONTENT)});
const url = "http://127.0.0.1:9/";
const version = { image: "sha256:0a1b", tags: ["a", null], file: new pulumi.asset.FileAsset("build.txt") };
const gate = { failOn: "low", baseline: "firstScan" };
const shop = new crashtest.Project("shop", { url, scanOnDeploy: { triggers: [version], gate } });
const web = new crashtest.Project("web", { url: url + "web" });
const { hooks, after } = crashtest.scanOnDeploy("web", { projectId: web.projectId, gate: true });
const live = new crashtest.Project("live", { url }, { dependsOn: [shop.gate], hooks });
after([live]);
`;

const MOVED = ["shop", "shop-scan", "web", "live"];
const idsOf = (stack: Stack): unknown[] => MOVED.map((name) => stack.resource(name).id);

let service: TestService;

const writes = async (): Promise<string[]> => (await service.takeLog()).filter((line) => !line.startsWith("GET"));

test("a TypeScript stack of dynamic resources moves to the plugin by the aliases of its schema, with its projects, its scan and its baseline; a hook's scan starts anew", async () => {
  service = await TestService.start({ targets: [{ url: "*/web", scans: CLEAN }], default: [MEDIUM, CRITICAL] });
  const stack = await deployed(service, BEFORE);
  const ids = idsOf(stack);
  const [startOfShop, startOfWeb] = ["shop", "web"].map((name) => `POST /projects/${stack.resource(name).id}/scans`);
  const write = (text: string): void => {
    const code = documentedProgram().replace('failOn: "high"', 'failOn: "low", baseline: "firstScan"');
    const program = `import * as pulumi from "@pulumi/pulumi";
const url = "http://127.0.0.1:9/";
const version = { image: "${text}", tags: ["a", null], file: new pulumi.asset.FileAsset("build.txt") };
${code}
const web = new crashtest.Project("web", { url: url + "web" });
const live = new crashtest.Project("live", { url }, { dependsOn: [gate] });
const triggers = [live.projectId];
const webScan = new crashtest.Scan("web-scan", { projectId: web.projectId, triggers, whenRunning: "restart" });
const webGate = new crashtest.ScanGate("web-gate", { scan: webScan });
export const lookedUp = crashtest.Project.get("same", "1").projectId;`;
    writeFileSync(join(stack.folder, "index.js"), transpiled(program));
  };
  stack.environment["PATH"] = await pluginPath();
  await installNodeSdk(stack);

  write("sha256:0a1b");
  const preview = await stack.well("preview");
  await stack.up();
  const [idsAfter, state, writesOfMove] = [idsOf(stack), stack.state(), await writes()];
  await stack.up("--expect-no-changes");
  write("sha256:2c3d");
  const closed = await stack.upFails();
  const writesOfTrigger = await writes();
  await stack.well("destroy", "--yes", "--skip-preview");

  expect(preview).not.toMatch(/to (create|delete|replace)|to-delete/);
  expect(writesOfMove).toEqual([startOfWeb]);
  expect(idsAfter).toEqual(ids);
  expect(state.resources.filter(({ type }) => type.includes("dynamic"))).toEqual([]);
  expect(closed).toContain("1 old left out (baseline: firstScan)");
  expect(writesOfTrigger).toEqual([startOfShop]);
  expect(stack.state().resources).toEqual([]);
  expect(await service.projectIds()).toEqual([]);
});

test("the stack moves to a program in YAML", async () => {
  service = await TestService.start({ default: MEDIUM });
  const stack = await deployed(service, gatedProgram());
  const ids = stack.state().resources.map(({ id }) => id);
  stack.environment["PATH"] = await pluginPath();
  for (const name of ["index.js", "package.json"]) rmSync(join(stack.folder, name));
  writeYaml(stack, gatedYaml());

  await stack.up();

  expect(await writes()).toEqual([]);
  expect(ids).toEqual(expect.arrayContaining(["1", "1/1", "2"]));
  expect(["shop", "nightly", "held"].map((name) => stack.resource(name).id)).toEqual(["1", "1/1", "2"]);
});

test("the stack moves to a program in Python", async () => {
  const python = await pythonEnvironment();
  if (python === undefined) return;
  service = await TestService.start({ default: MEDIUM });
  const stack = await deployed(service, gatedProgram());
  Object.assign(stack.environment, python);
  for (const name of ["index.js", "package.json"]) rmSync(join(stack.folder, name));
  writeFileSync(join(stack.folder, "Pulumi.yaml"), "name: tests\nruntime: python\n");
  writePython(
    stack,
    `
import pulumi
import pulumi_crashtest as crashtest
url = "http://127.0.0.1:9/"
shop = crashtest.Project("shop", url=url)
scan = crashtest.Scan("nightly", project_id=shop.project_id, triggers=[1])
gate = crashtest.ScanGate("safe", scan=scan)
crashtest.Project("held", url=url, name="held", opts=pulumi.ResourceOptions(depends_on=[gate]))
`,
  );

  await stack.up();

  expect(await writes()).toEqual([]);
  expect(["shop", "nightly", "held"].map((name) => stack.resource(name).id)).toEqual(["1", "1/1", "2"]);
});
