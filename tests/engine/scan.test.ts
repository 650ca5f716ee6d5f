import { deployed } from "./stack/deployed";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** A scan that does not end before a test says so. */
const ENDLESS = { default: { durationSeconds: 3600 } };

const program = (settings: string): string => `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, ${settings} });
exports.scanId = scan.scanId;
exports.joined = scan.joined;
`;

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start(ENDLESS);
});

const deploy = async (settings: string): Promise<void> => {
  stack = await deployed(service, program(settings));
};

test("a running scan of its own is kept while triggers are unchanged, and stopped and started anew when one changed", async () => {
  await deploy(`triggers: ["build 1"]`);

  await stack.up("--expect-no-changes");
  await service.takeLog();
  stack.write(program(`triggers: ["build 2"]`));
  await stack.up();

  expect(await service.takeLog()).toEqual([
    "POST /projects/1/scans",
    "DELETE /projects/1/scans/1",
    "POST /projects/1/scans",
  ]);
  expect(await stack.outputs()).toEqual({ scanId: "2", joined: false });
});

test("without triggers each up stops the running scan of its own and starts anew", async () => {
  await deploy("");

  const preview = await stack.well("preview");
  await stack.up();

  expect(preview).toContain("1 to update");
  expect(await stack.outputs()).toEqual({ scanId: "2", joined: false });
});

test("somebody else's running scan is joined, and a destroy leaves it alone", async () => {
  await deploy(`triggers: [1]`);
  await service.api("DELETE", "/projects/1/scans/1");
  await service.api("POST", "/projects/1/scans");
  await service.takeLog();

  stack.write(program(`triggers: [2]`));
  await stack.up();
  expect(await stack.outputs()).toEqual({ scanId: "2", joined: true });

  await service.takeLog();
  await stack.well("destroy", "--yes", "--skip-preview");
  expect(await service.takeLog()).toEqual(["DELETE /projects/1"]);
});

test("somebody else's running scan is stopped and started anew where the program says restart", async () => {
  await deploy(`triggers: [1], whenRunning: "restart"`);
  await service.api("DELETE", "/projects/1/scans/1");
  await service.api("POST", "/projects/1/scans");

  stack.write(program(`triggers: [2], whenRunning: "restart"`));
  await stack.up();

  expect(await stack.outputs()).toEqual({ scanId: "3", joined: false });
});

test("a scan that was stopped is started anew though its triggers are unchanged", async () => {
  await deploy(`triggers: [1]`);
  await service.api("DELETE", "/projects/1/scans/1");

  const preview = await stack.well("preview");
  await stack.up();

  expect(preview).toContain("1 to update");
  expect(await stack.outputs()).toEqual({ scanId: "2", joined: false });
});

test("a service that does not answer for the status counts as unchanged, with a warning", async () => {
  await deploy(`triggers: [1]`);
  await service.addFault({ kind: "status", status: 500, path: "*/status", times: 20, body: { message: "broken" } });

  const output = await stack.up("--expect-no-changes");

  expect(output).toContain("Scan 1 counts as unchanged");
});

test("a destroy stops the running scan of its own", async () => {
  await deploy(`triggers: [1]`);

  await stack.well("destroy", "--yes", "--skip-preview");

  expect(await service.takeLog()).toEqual(["DELETE /projects/1/scans/1", "DELETE /projects/1"]);
});

test("up --replace of a running scan stops it first and starts a new one", async () => {
  await deploy(`triggers: [1]`);
  const { urn } = stack.resource("nightly");

  await stack.up("--replace", urn);

  expect(await service.takeLog()).toEqual(["DELETE /projects/1/scans/1", "POST /projects/1/scans"]);
  expect(await stack.outputs()).toEqual({ scanId: "2", joined: false });
});

test("by webhook a scan needs no API key, and the webhook is a secret in state, in no ID and in no message", async () => {
  await service.api("POST", "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" });
  const webhook = await service.webhookOf("1");
  const byWebhook = `const scan = new crashtest.Scan("hook", { webhook: "${webhook}", triggers: [1] });
exports.scanId = scan.scanId; exports.joined = scan.joined;`;
  stack = Stack.create({ program: byWebhook, environment: { CRASHTEST_ENDPOINT: service.url } });

  const output = await stack.up();
  await stack.up("--expect-no-changes");

  expect(await stack.outputs()).toEqual({ scanId: "1", joined: true });
  expect(stack.state().text + output).not.toContain(webhook);
  await stack.well("destroy", "--yes", "--skip-preview");
});

test("a start that fails leaves the earlier scan and its secrets in the state, and the next up tries again", async () => {
  await service.api("POST", "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" });
  const webhook = await service.webhookOf("1");
  const byWebhook = (trigger: string): string =>
    `exports.scanId = new crashtest.Scan("hook", { webhook: "${webhook}", triggers: [pulumi.secret("${trigger}")] }).scanId;`;
  stack = Stack.create({ program: byWebhook("1"), environment: { CRASHTEST_ENDPOINT: service.url } });
  await stack.up();
  await service.advance(4_000);
  stack.write(byWebhook("2"));
  await service.addFault({ kind: "status", status: 500, method: "POST", times: 9, body: {} });

  const output = await stack.upFails();
  const { text } = stack.state();
  await service.clearFaults();
  await stack.up();

  expect(output).toContain("answered with 500");
  expect(output + text).not.toContain(webhook);
  expect(text).not.toMatch(/"triggers":\s*\{\s*"0":\s*"[0-9a-f]{64}"/);
  expect(await stack.outputs()).toEqual({ scanId: "2" });
  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
});
