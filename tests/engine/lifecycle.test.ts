import { deployed } from "./stack/deployed";
import { API_KEY, TestService } from "./stack/service";
import { Stack } from "./stack/stack";

const PROGRAM = `
const config = new pulumi.Config();
const shop = new crashtest.Project("shop", {
  url: config.get("url") ?? "http://127.0.0.1:9/",
  scanOnDeploy: { triggers: { version: config.get("version") ?? "1", secret: pulumi.secret("s3cret-trigger-value") } },
});
exports.projectId = shop.projectId;
exports.scanId = shop.scanId;
`;

let service: TestService;

beforeEach(async () => {
  service = await TestService.start();
});

const create = (): Stack => Stack.create({ program: PROGRAM, environment: service.environment });

test("a preview asks the service nothing and creates nothing", async () => {
  const output = await create().well("preview");

  expect(output).toContain("3 to create");
  expect(await service.takeLog()).toEqual([]);
});

test("a project and its scan are created, stay unchanged, change, are refreshed and destroyed", async () => {
  const stack = create();
  await stack.up();
  expect(await service.takeLog()).toEqual(["POST /projects", "POST /projects/1/scans"]);
  expect(await stack.outputs()).toEqual({ projectId: "1", scanId: "1" });

  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");
  expect(new Set(await service.takeLog())).toEqual(new Set(["GET /projects/1/scans/1/status"]));

  await stack.well("config", "set", "version", "2");
  const changed = await stack.up("--diff");
  expect(changed).toContain("version");
  expect(await service.takeLog()).toEqual(["POST /projects/1/scans"]);
  expect(await stack.outputs()).toEqual({ projectId: "1", scanId: "2" });

  await stack.well("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
  expect(new Set(await service.takeLog())).toEqual(new Set(["GET /projects/1/scans/2/status"]));

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(await service.takeLog()).toEqual(["DELETE /projects/1/scans/2", "DELETE /projects/1"]);
  expect(stack.state().resources).toEqual([]);
});

test("a changed address replaces the project: new project, old scan stopped, new scan, old project deleted", async () => {
  const stack = await deployed(service, PROGRAM);

  await stack.well("config", "set", "url", "http://127.0.0.1:10/");
  await stack.up();

  expect(await service.takeLog()).toEqual([
    "POST /projects",
    "DELETE /projects/1/scans/1",
    "POST /projects/2/scans",
    "DELETE /projects/1",
  ]);
  await stack.up("--expect-no-changes");
});

test("of a project that is gone, up says how to make it anew, and that helps", async () => {
  const stack = await deployed(service, PROGRAM);
  await service.api("DELETE", "/projects/1");
  const { urn } = stack.resource("shop");

  const output = await stack.upFails();
  expect(output).toContain(`recreate it with \`pulumi up --replace '${urn}'\``);

  await stack.up("--replace", urn);
  expect(await stack.outputs()).toEqual({ projectId: "2", scanId: "2" });
  await stack.up("--expect-no-changes");
});

test("the state holds the frozen provider text, digests in place of triggers, and no API key", async () => {
  const stack = await deployed(service, PROGRAM);

  const { text } = stack.state();
  expect(JSON.parse(await stack.well("stack", "export"))).toMatchObject({ deployment: JSON.parse(text) as object });
  const project = stack.resource("shop");
  const scan = stack.resource("shop-scan");
  expect(project.type).toBe("pulumi-nodejs:dynamic/crashtest:Project");
  expect(scan.type).toBe("pulumi-nodejs:dynamic/crashtest:Scan");
  expect(project.inputs?.["__provider"]).toBe('exports.handler=()=>require("pulumi-crashtest/provider/project")');
  expect(scan.inputs?.["__provider"]).toBe('exports.handler=()=>require("pulumi-crashtest/provider/scan")');
  expect(scan.id).toBe("1/1");
  expect(scan.inputs?.["triggers"]).toMatchObject({
    version: "391552c099c101b131feaf24c5795a6a15bc8ec82015424e0d2b4274a369a0bf",
  });
  expect(text).not.toContain("s3cret-trigger-value");
  expect(text).not.toContain(API_KEY);
});

test("the key is sent as a query parameter and named in upper case where that is configured", async () => {
  const stack = create();
  await stack.well("config", "set", "crashtest:apiKeyIn", "query");
  await stack.well("config", "set", "crashtest:apiKeyName", "API_KEY");

  const output = await stack.up();

  const [created] = await service.requests();
  expect(created?.apiKey).toEqual({ in: "query", name: "API_KEY" });
  expect(output).not.toContain(API_KEY);
  expect(stack.state().text).not.toContain(API_KEY);
});
