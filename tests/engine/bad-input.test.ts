import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "./stack/ending";
import { createSelfSignedServer } from "./stack/self-signed-server";
import { API_KEY, TestService } from "./stack/service";
import { sharedInstallation, Stack } from "./stack/stack";

const PROJECT = `const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });`;

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start();
});

/** Deploys a program that is to fail; gives what was printed. Neither service nor state may then hold anything. */
const refused = async (program: string, environment: Record<string, string> = {}): Promise<string> => {
  stack = Stack.create({ program, environment: { ...service.environment, ...environment } });
  const output = await stack.upFails();
  expect(stack.state().resources.filter(({ type }) => type.includes("crashtest"))).toEqual([]);
  expect(output).not.toContain(API_KEY);
  return output;
};

test("a missing key is said by the preview, with the command that sets one", async () => {
  stack = Stack.create({
    program: PROJECT,
    environment: { CRASHTEST_ENDPOINT: service.url, CRASHTEST_TEAM_ID: "42" },
  });

  const { exitCode, output } = await stack.pulumi("preview");

  expect(exitCode).not.toBe(0);
  expect(output).toContain(
    "the API key is missing: run `pulumi config set --secret crashtest:apiKey`, or set CRASHTEST_API_KEY",
  );
});

test("a wrong key is refused by the service, and the error says which setting to check", async () => {
  const output = await refused(PROJECT, { CRASHTEST_API_KEY: "not-the-key-4711" });

  expect(output).toContain('Could not create project "shop" in team 42: POST /projects was answered with 401');
  expect(output).toContain("Check the API key");
  expect(output).not.toContain("not-the-key-4711");
});

test("a key in plain configuration is refused before anything is sent", async () => {
  stack = Stack.create({
    program: PROJECT,
    environment: { CRASHTEST_ENDPOINT: service.url, CRASHTEST_TEAM_ID: "42" },
  });
  await stack.well("config", "set", "--plaintext", "crashtest:apiKey", API_KEY);

  const output = await stack.upFails();
  expect(output).toContain("crashtest:apiKey is stored in plain text, but must be a secret");
  expect(await service.takeLog()).toEqual([]);

  await stack.well("config", "set", "--secret", "crashtest:apiKey", API_KEY);
  await stack.up();
  expect(await service.takeLog()).toEqual(["POST /projects"]);
  expect(stack.state().text).not.toContain(API_KEY);
});

test("what the service says ends no engine in a panic, so that nothing is lost that a sibling created", async () => {
  const program = `for (const name of ["one", "two"]) new crashtest.Project(name, { url: "http://127.0.0.1:9/" });`;
  const matching = { method: "POST", path: "/projects" } as const;
  const body = { message: "validation_failed", data: { name: ["<{%zzz%}>"] } };
  await service.addFault({ kind: "status", status: 422, body, ...matching });
  await service.addFault({ kind: "delay", delayMs: 1_500, ...matching });
  stack = Stack.create({ program, environment: service.environment });
  delete stack.environment["NO_COLOR"];

  const output = await stack.upFails("--color", "always");

  expect(output).toContain("\uFFFD{%zzz%}>");
  expect(output).not.toContain("panic");
  expect(stack.state().resources.filter(({ type }) => type.endsWith(":Project"))).toMatchObject([{ id: "1" }]);
  await stack.up();
  expect(await service.takeLog()).toHaveLength(3);
});

test("a team that is not the user's is refused", async () => {
  const output = await refused(`new crashtest.Project("shop", { teamId: 43, url: "http://127.0.0.1:9/" });`);

  expect(output).toContain("answered with 403");
  expect(output).toContain("the user is a member of that team");
});

test("all that is wrong with a resource is said at once, by property, and a secret of it in no message", async () => {
  const output = await refused(
    `new crashtest.Project("shop", { teamId: pulumi.secret("s3cret-team"), url: pulumi.secret("s3cret-url"),
      name: pulumi.secret(" "), type: " ", adoptProjectId: -1 });`,
  );

  expect(output).toContain("has a problem: teamId must be a positive whole number");
  expect(output).toContain("has a problem: url must be an address such as");
  expect(output).toContain("has a problem: name must be a text of 1 to 255 characters");
  expect(output).toContain("has a problem: type ");
  expect(output).toContain("has a problem: adoptProjectId ");
  expect(output).not.toContain("s3cret");
  expect(await service.takeLog()).toEqual([]);
});

test("a scan's wrong inputs are said at once, and no secret value in any of the messages", async () => {
  const output = await refused(`new crashtest.Scan("nightly", {
    projectId: "12a", webhook: pulumi.secret("not-a-uuid-but-secret"), whenRunning: "restart",
    login: { form: [{ url: "not-an-address-but-secret", username: "ann", password: "line-but-secret\\n" }] } });`);

  expect(output).toContain("has a problem: projectId ");
  expect(output).toContain("webhook must be the UUID of a project's webhook");
  expect(output).toContain("or webhook must be set, but not both");
  expect(output).toContain('whenRunning cannot be "restart" by webhook');
  expect(output).toContain("login.form[0].url must be an address such as https://shop.example.com");
  expect(output).toContain("login.form[0].password must not contain line breaks or control characters");
  expect(output).not.toContain("but-secret");
});

test("settings of a wrong form are said at once, by name, without their values", async () => {
  const output = await refused(PROJECT, {
    CRASHTEST_ENDPOINT: "http://user:pass-word@example.com",
    CRASHTEST_MAX_REPORT_BYTES: "lots",
  });

  expect(output).toContain("crashtest:endpoint (or CRASHTEST_ENDPOINT) must not contain a user name or password");
  expect(output).toContain("crashtest:maxReportBytes (or CRASHTEST_MAX_REPORT_BYTES) must be a positive whole number");
  expect(output).not.toContain("pass-word");
});

test("an endpoint that does not answer is said, with what to check", async () => {
  const output = await refused(PROJECT, { CRASHTEST_ENDPOINT: "http://127.0.0.1:1" });

  expect(output).toContain("no answer (POST /projects: connect ECONNREFUSED 127.0.0.1:1)");
  expect(output).toContain("Check crashtest:endpoint");
});

test("an HTML page where JSON should be is said", async () => {
  await service.addFault({ kind: "html", method: "POST", path: "/projects" });

  expect(await refused(PROJECT)).toContain("Something other than the service seems to answer");
});

test("a create whose answer was lost is not repeated, and the error says how to take the project over", async () => {
  await service.addFault({ kind: "dropAfterHandling", method: "POST", path: "/projects" });

  const output = await refused(PROJECT);

  expect(output).toContain("so it may have been carried out");
  expect(output).toContain("take it over with adoptProjectId");
  expect(await service.takeLog()).toEqual(["POST /projects"]);
  stack.write(`new crashtest.Project("shop", { url: "http://127.0.0.1:9/", adoptProjectId: 1 });`);
  await stack.up();
});

test("a delete that is answered with anything but the service's word for it keeps the project", async () => {
  stack = Stack.create({ program: PROJECT, environment: service.environment });
  await stack.up();
  const destroy = () => stack.pulumi("destroy", "--yes", "--skip-preview");

  const matching = { method: "DELETE", path: "/projects/1" } as const;

  await service.addFault({ kind: "status", status: 409, body: { message: "project_is_locked" }, ...matching });
  expect((await destroy()).output).toContain("answered with 409 (project_is_locked)");
  await service.addFault({ kind: "status", status: 404, body: { message: "route_not_found" }, ...matching });
  expect((await destroy()).output).toContain("answered with 404 (route_not_found) instead of 200 project_deleted");
  await service.addFault({ kind: "status", status: 200, body: { status: "maintenance" }, ...matching });
  expect((await destroy()).output).toContain("answered with 200 (without a slug) instead of 200 project_deleted");
  await service.addFault({ kind: "html", status: 404, ...matching });
  expect((await destroy()).output).toContain("status 404 and a body that is not the service's");
  expect(stack.resource("shop").id).toBe("1");

  await service.api("DELETE", "/projects/1");
  expect((await destroy()).exitCode).toBe(0);
  expect(stack.state().resources).toEqual([]);
});

test("a program folder in which the package is not a direct dependency is told so", async () => {
  stack = Stack.create({ program: PROJECT, environment: service.environment });
  const apart = temporaryFolder("not-a-direct-dependency");
  writeFileSync(join(apart, "Pulumi.yaml"), "name: tests\nruntime: nodejs\n");
  const installed = join(sharedInstallation(), "node_modules");
  mkdirSync(join(apart, "node_modules/@pulumi"), { recursive: true });
  writeFileSync(join(apart, "package.json"), JSON.stringify({ name: "apart", main: "index.js" }));
  writeFileSync(join(apart, "index.js"), `const crashtest = require("${installed}/pulumi-crashtest");\n${PROJECT}`);
  symlinkSync(join(installed, "@pulumi/pulumi"), join(apart, "node_modules/@pulumi/pulumi"));

  const { exitCode, output } = await stack.pulumi("preview", "--cwd", apart, "--stack", "test");

  expect(exitCode).not.toBe(0);
  expect(output).toContain("It must be a direct dependency of the program: run `npm install pulumi-crashtest` there.");
});

test("TLS that does not verify is said, with the variable that names a certificate authority", async () => {
  const { port } = (await createSelfSignedServer()).address() as AddressInfo;

  const output = await refused(PROJECT, { CRASHTEST_ENDPOINT: `https://127.0.0.1:${port}` });

  expect(output).toContain("the service's certificate cannot be verified");
  expect(output).toContain("NODE_EXTRA_CA_CERTS");
});
