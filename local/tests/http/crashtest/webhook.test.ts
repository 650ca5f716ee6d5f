import { KEYS, TestService } from "../../service/test-service";

const NOBODYS = "/webhook/00000000-0000-4000-8000-000000000000";

afterEach(() => TestService.closeAll());

test("a webhook starts, follows and reports without a key, and does not say whether the scan ran already", async () => {
  const service = await TestService.start({ control: true, script: { default: { durationSeconds: 5 } } });
  const webhook = await service.webhook(await service.createProject());
  const keyless = { key: null };

  const first = await service.send("POST", webhook, keyless);
  const second = await service.send("POST", webhook.toUpperCase().replace("/WEBHOOK", "/webhook"), keyless);
  const early = await service.send("GET", `${webhook}/scans/1/report/junit`, keyless);
  await service.send("POST", "/control/clock", { body: { advanceSeconds: 5 } });
  const status = await service.send("GET", `${webhook}/scans/1/status`, keyless);
  const report = await service.send("GET", `${webhook}/scans/1/report/junit`, keyless);

  expect([first.status, first.json]).toEqual([200, { data: { scanId: 1 } }]);
  expect([second.status, second.json]).toEqual([200, { data: { scanId: 1 } }]);
  expect([early.status, early.json]).toEqual([409, { message: "scan_not_finished" }]);
  expect(status.json).toMatchObject({ data: { status: { status_code: 102 } } });
  expect([report.status, report.type]).toEqual([200, "application/xml"]);
});

test("an unknown webhook, and a scan of another project, are not found", async () => {
  const service = await TestService.start({ control: true });
  const webhook = await service.webhook(await service.createProject());
  const other = await service.createProject();
  const scanId = await service.startScan(other);

  const unknown = await service.send("POST", NOBODYS, { key: null });
  const foreign = await service.send("GET", `${webhook}/scans/${scanId}/status`, { key: null });

  expect([unknown.status, unknown.json]).toEqual([404, { message: "webhook_not_found" }]);
  expect([foreign.status, foreign.json]).toEqual([404, { message: "scan_not_found" }]);
});

test("a webhook cannot stop a scan, and takes no key in its URL", async () => {
  const service = await TestService.start({ control: true });
  const webhook = await service.webhook(await service.createProject());

  const stop = await service.send("DELETE", `${webhook}/scans/1`, { key: null });
  const keyed = await service.send("POST", `${webhook}?api_key=${KEYS.anna}`, { key: null });

  expect(stop.status).toBe(501);
  expect(keyed.status).toBe(400);
});
