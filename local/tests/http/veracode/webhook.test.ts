import { setImmediate as turn } from "node:timers/promises";
import { TestService } from "../../service/test-service";
import { BERT, VeracodeService, WEBHOOK } from "./veracode-service";

afterEach(() => TestService.closeAll());

async function withWebhook(): Promise<{ service: VeracodeService; path: string }> {
  const service = await VeracodeService.start({ control: true, script: { default: { durationSeconds: 5 } } });
  const { target_id: targetId } = await service.createTarget();
  const { json } = await service.service.send("GET", `/control/projects/${targetId}/webhook`, { key: null });
  const { url, webhook } = (json as { data: { url: string; webhook: string } }).data;
  expect(url).toBe(`${service.service.service.url}${WEBHOOK}/${webhook}`);
  return { service, path: `${WEBHOOK}/${webhook}` };
}

test("a webhook starts a run, shows its status and its report", async () => {
  const { service, path } = await withWebhook();

  const started = await service.send("POST", path);
  const busy = await service.send("POST", path);
  const running = await service.send("GET", `${path}/scans/1/status`);
  const early = await service.send("GET", `${path}/scans/1/report/junit`);
  service.service.clock.advance(5_000);
  await turn();
  const ended = await service.send("GET", `${path}/scans/1/status`);
  const report = await service.send("GET", `${path}/scans/1/report/junit`);

  expect([started.status, started.json]).toEqual([200, { message: "webhook_scan_started", data: { scanId: 1 } }]);
  expect([busy.status, busy.json]).toEqual([200, { message: "Scan is already running" }]);
  expect(running.json).toMatchObject({ data: { status: { status_code: 101 } } });
  expect([early.status, early.json]).toEqual([409, { message: "scan_not_finished" }]);
  expect(ended.json).toMatchObject({ data: { status: { status_code: 102 } } });
  expect([report.status, report.type]).toEqual([200, "application/xml"]);
});

test("a webhook needs a signature, of a member of its target's team", async () => {
  const { service, path } = await withWebhook();

  const [unsigned, other, unknown, body] = [
    await service.send("POST", path, { as: null }),
    await service.send("POST", path, { as: BERT }),
    await service.send("POST", `${WEBHOOK}/11111111-1111-4111-8111-111111111111`),
    await service.send("POST", path, { body: { specs: {} } }),
  ];

  expect([unsigned, other, unknown, body].map(({ status }) => status)).toEqual([401, 403, 404, 400]);
  expect(unknown.json).toEqual({ message: "webhook_not_found" });
});
