import { Writable } from "node:stream";
import { statusAnswer } from "./loopback-server";
import { ENDPOINT, MockService, WEBHOOK, failureOf } from "./mock-service";

let service: MockService;
beforeEach(() => {
  service = new MockService();
});
afterEach(() => service.end());

test.each([5, "5"])("a start by webhook needs no API key and sends none (scan ID %p)", async (scanId) => {
  const seen = service.answers("POST", `/webhook/${WEBHOOK}`, 200, { data: { scanId } });

  const started = await service.client({ apiKey: "" }).webhook.startWebhookScan(WEBHOOK);

  expect(started).toEqual({ scanId: "5", service: { origin: ENDPOINT } });
  expect(seen.requests[0]?.headers).toEqual({});
});

test.each(["header", "query"] as const)("a key that is sent as %s is not sent with a webhook", async (apiKeyIn) => {
  const seen = service.answers("GET", `/webhook/${WEBHOOK}/scans/5/status`, 200, statusAnswer(101));

  const status = await service.client({ apiKeyIn }).webhook.getWebhookScanStatus(WEBHOOK, "5");

  expect(status).toEqual({ scanId: "5", statusCode: 101, state: "running" });
  expect(JSON.stringify(seen.requests[0]?.headers)).not.toMatch(/api_key/i);
});

test("a scan that the webhook does not know is undefined", async () => {
  service.answers("GET", `/webhook/${WEBHOOK}/scans/5/status`, 404, { message: "scan_not_found" });

  await expect(service.client().webhook.getWebhookScanStatus(WEBHOOK, "5")).resolves.toBeUndefined();
});

test("the webhook's report is JUnit", async () => {
  const chunks: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  service.answersText("GET", `/webhook/${WEBHOOK}/scans/5/report/junit`, 200, "<testsuites/>", {
    "content-type": "application/xml",
  });

  await service.client().reports.writeReport({ webhook: WEBHOOK, scanId: "5" }, "xml", sink);

  expect(chunks.join("")).toBe("<testsuites/>");
});

test.each(["json", "pdf"] as const)("a webhook has no %s report, and nobody is asked for one", async (format) => {
  const error = await failureOf(
    service.client().reports.writeReport({ webhook: WEBHOOK, scanId: "5" }, format, new Writable()),
  );

  expect(error.code).toBe("ARGUMENT_INVALID");
  expect(error.message).toContain("Use xml");
});

test("an unknown webhook is an error that shows a placeholder", async () => {
  service.answers("POST", `/webhook/${WEBHOOK}`, 404, { message: "webhook_not_found" });

  const error = await failureOf(service.client().webhook.startWebhookScan(WEBHOOK));

  expect(error).toMatchObject({ code: "NOT_FOUND", path: "/webhook/{webhook}" });
});
