import { deployed } from "./stack/deployed";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start();
  for (const name of ["first", "second"]) {
    await service.api("POST", "/projects", { team_id: 42, name, url: "http://127.0.0.1:9/", type: "webapp" });
  }
  await service.takeLog();
});

const program = (settings: string, options = ""): string =>
  `const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/", ${settings} }, { ${options} });
exports.projectId = shop.projectId;`;

const deploy = async (settings: string, options?: string): Promise<void> => {
  stack = await deployed(service, program(settings, options));
};

test("an adopted project is not created, and dropping or naming its ID is no change", async () => {
  stack = Stack.create({ program: program("adoptProjectId: 2"), environment: service.environment });
  await stack.up();
  expect(await service.takeLog()).toEqual([]);
  expect(await stack.outputs()).toEqual({ projectId: "2" });

  stack.write(program(""));
  await stack.up("--expect-no-changes");
  stack.write(program(`adoptProjectId: "2"`));
  await stack.up("--expect-no-changes");

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(await service.takeLog()).toEqual(["DELETE /projects/2"]);
});

test("while an adopted project is named so, its address cannot change; after that it replaces", async () => {
  await deploy("adoptProjectId: 2");

  stack.write(program(`adoptProjectId: 2, name: "renamed", type: "other"`));
  const output = await stack.upFails();
  expect(output).toContain("has a problem: name cannot change while adoptProjectId names project 2");
  expect(output).toContain("has a problem: type ");
  expect(await service.takeLog()).toEqual([]);

  stack.write(program(`name: "renamed"`));
  await stack.up();
  expect(await service.takeLog()).toEqual(["POST /projects", "DELETE /projects/2"]);
});

test("a created project that is named and changed at once is refused too", async () => {
  await deploy("");

  stack.write(program(`adoptProjectId: 3, name: "renamed"`));
  const output = await stack.upFails();

  expect(output).toContain("name cannot change while adoptProjectId names project 3");
  expect(await service.takeLog()).toEqual([]);
});

test("another ID is refused, since the project in the stack would be deleted; what is advised takes it over", async () => {
  await deploy("adoptProjectId: 1");

  stack.write(program("adoptProjectId: 777"));
  const output = await stack.upFails();
  expect(output).toContain("adoptProjectId cannot be 777: this resource is project 1, which would be deleted");

  stack.write(program("adoptProjectId: 1", "retainOnDelete: true"));
  await stack.up();
  stack.write(program("adoptProjectId: 2").replace(`Project("shop"`, `Project("other"`));
  await stack.up();
  expect(await stack.outputs()).toEqual({ projectId: "2" });
  expect(await service.takeLog()).toEqual([]);
});

test("a created project does not become another one by adoptProjectId", async () => {
  await deploy("");

  stack.write(program("adoptProjectId: 1"));
  const output = await stack.upFails();

  expect(output).toContain("adoptProjectId cannot be 1: this resource is project 3, which would be deleted");
  expect(await service.takeLog()).toEqual([]);
});

test("retainOnDelete keeps an adopted project", async () => {
  await deploy("adoptProjectId: 1", "retainOnDelete: true");

  await stack.well("destroy", "--yes", "--skip-preview");

  expect(await service.takeLog()).toEqual([]);
});

test("Project.get looks up a project that is not the stack's, and a destroy leaves it alone", async () => {
  const lookUp = `const shop = crashtest.Project.get("shop", "1");
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [] });
exports.projectId = shop.projectId; exports.url = shop.url; exports.scanId = scan.scanId;`;
  stack = Stack.create({ program: lookUp, environment: service.environment });

  await stack.up();
  expect(await stack.outputs()).toEqual({ projectId: "1", scanId: "1" });
  await stack.up("--expect-no-changes");
  await stack.well("refresh", "--yes", "--skip-preview", "--expect-no-changes");

  await service.takeLog();
  await stack.well("destroy", "--yes", "--skip-preview");
  expect(await service.takeLog()).toEqual(["DELETE /projects/1/scans/1"]);
});
