import { CLEAN, ENDLESS, gatedProgram } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

let service: TestService;

/** Project 1, in which somebody outside the stack has started scan 1. */
beforeEach(async () => {
  service = await TestService.start({ default: [ENDLESS, CLEAN] });
  const project = { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" };
  await service.api("POST", "/projects", project);
  await service.api("POST", "/projects/1/scans");
  await service.takeLog();
});

const create = (settings: object, scan: object): Stack => {
  const program = gatedProgram(settings, { scan, project: { adoptProjectId: "1" } });
  return Stack.create({ program, environment: service.environment });
};

test("a scan that somebody else started closes the gate at once, without a wait, until one of its own follows its end", async () => {
  const joining = create({}, { triggers: [1] });

  const output = await joining.upFails();
  const log = await service.takeLog();
  await service.advance(4_000);
  const afterEnd = await joining.up();

  expect(output).toContain("gate closed (scanJoined): scan 1 was running before this deployment");
  expect(log.filter((line) => line.endsWith("/status"))).toHaveLength(1);
  expect(output).toContain("- or run again once it has ended, which starts a scan of its own");
  expect(afterEnd).toContain("Another scan follows scan 1 of project 1: somebody else started it");
  expect(afterEnd).toContain("gate open: scan 2");
});

test("whenRunning restart replaces it, and the gate opens on the scan of its own", async () => {
  const restarting = create({}, { triggers: [1], whenRunning: "restart" });

  expect(await restarting.up()).toContain("gate open: scan 2");
});

test("acceptJoined waits for it and may open, and no other scan follows its end", async () => {
  const accepting = create({ acceptJoined: true }, { triggers: [1] });
  const run = accepting.up();
  await service.until(async () => (await service.requests()).some(({ path }) => path.endsWith("/status")));

  await service.advance(4_000);

  expect(await run).toContain("gate open: scan 1");
  await accepting.up("--expect-no-changes");
});

test("a start whose answer was lost is joined by the next up, and whenRunning restart then starts one of its own", async () => {
  const around = (whenRunning: string): Parameters<typeof gatedProgram>[1] => ({
    scan: { triggers: [1], whenRunning },
    project: { adoptProjectId: "1" },
  });
  const stack = create({}, { triggers: [1], whenRunning: "join" });
  await service.advance(4_000);
  service.setScript({ default: [ENDLESS, CLEAN] });
  await service.addFault({ kind: "dropAfterHandling", method: "POST", path: "*/scans" });

  const lost = await stack.upFails();
  const joined = await stack.upFails();
  stack.write(gatedProgram({}, around("restart")));
  const restarted = await stack.up();

  expect(lost).toContain("so it may have been carried out");
  expect(joined).toContain("gate closed (scanJoined): scan 2 was running before this deployment");
  expect(joined).toContain('- set whenRunning: "restart" on the scan');
  expect(restarted).toContain("gate open: scan 3");
});

test("a gate by IDs, and one by webhook, need acceptJoined, since nobody can tell who started the scan", async () => {
  const webhook = await service.webhookOf("1");
  const gates = (settings: string): string => `
const scan = new crashtest.Scan("hooked", { webhook: "${webhook}", triggers: [1] });
const byWebhook = new crashtest.ScanGate("by-webhook", { scan, ${settings} });
const byIds = new crashtest.ScanGate("by-ids", { projectId: "1", scanId: "1", ${settings} });
exports.reasons = [byWebhook.verdict.reason, byIds.verdict.reason];
exports.webhookCounts = byWebhook.findingCounts;`;
  const stack = Stack.create({ program: gates(""), environment: service.environment });

  const refused = await stack.upFails();
  await service.advance(4_000);
  stack.write(gates("acceptJoined: true"));
  const output = await stack.up();
  const { text } = stack.state();

  expect(refused).toContain("gate closed (invalidSettings)");
  expect(refused).toContain("acceptJoined must be true");
  expect(await stack.outputs()).toMatchObject({ reasons: ["passed", "passed"], webhookCounts: { high: 0 } });
  expect(output + text).not.toContain(webhook);
});

test("by webhook a gate refuses what the webhook's report cannot tell", async () => {
  const webhook = await service.webhookOf("1");
  const settings = `minCvss: 5, requiredScanners: ["xss"], accept: [], onTimeout: "stopScan", acceptJoined: true`;
  const program = `new crashtest.ScanGate("safe", { scan: new crashtest.Scan("hooked", { webhook: "${webhook}", triggers: [1] }), ${settings} });`;
  const stack = Stack.create({ program, environment: service.environment });

  const output = await stack.upFails();

  expect(output).toContain("requiredScanners needs findings as JSON, which this service or webhook does not have");
  expect(output).toContain('onTimeout: "stopScan" cannot be used with a webhook');
  expect(output).not.toMatch(/minCvss|accept /);
});

test("a start whose answer was lost is not repeated, and the next up replaces or joins the scan that it may have started", async () => {
  const lost = create({}, { triggers: [1], whenRunning: "restart" });
  await service.api("DELETE", "/projects/1/scans/1");
  service.setScript({ default: [ENDLESS, CLEAN] });
  await service.takeLog();
  await service.addFault({ kind: "dropAfterHandling", method: "POST", path: "*/scans" });

  const output = await lost.upFails();
  const startsOfFailure = (await service.takeLog()).filter((line) => line === "POST /projects/1/scans");
  const next = await lost.up();

  expect(output).toContain("so it may have been carried out");
  expect(startsOfFailure).toHaveLength(1);
  expect(next).toContain("gate open: scan 3");
});
