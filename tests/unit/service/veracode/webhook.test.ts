import { failureOf, WEBHOOK } from "../crashtest/mock-service";
import { MockVeracode, SERVICE } from "./mock-veracode";

const HOOK = `/dae/api/core-api/webhook/${WEBHOOK}`;

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

const start = () => service.veracode().webhook.startWebhookScan(WEBHOOK);

test("a start is signed, and answered with the scan that it started", async () => {
  const seen = service.answers("POST", HOOK, 200, { message: "webhook_scan_started", data: { scanId: 4711 } });

  await expect(start()).resolves.toEqual({ scanId: "4711", joined: false, service: SERVICE });
  expect(seen.requests[0]?.headers["authorization"]).toMatch(/^VERACODE-HMAC-SHA-256 /);
  expect(seen.requests[0]?.body ?? null).toBeNull();
});

test("a start by webhook has the login and the specification in its body", async () => {
  const seen = service.answers("POST", HOOK, 200, { message: "webhook_scan_started", data: { scanId: 4711 } });
  const check = { url: "https://shop.example/me", contains: "Log out" };
  const options = {
    login: { basic: { username: "anna", password: "hush" }, check },
    apiSpecification: "openapi: 3.0.3",
  };

  await service.veracode().webhook.startWebhookScan(WEBHOOK, options);

  expect(seen.requests[0]?.headers["content-type"]).toBe("application/json");
  expect(JSON.parse(String(seen.requests[0]?.body))).toEqual({
    system_authentication: { basic_auth: { username: "anna", password: "hush" } },
    specs: { api_spec: "openapi: 3.0.3" },
  });
});

test("a busy answer that names the running scan joins it", async () => {
  service.answers("POST", HOOK, 200, { message: "Scan is already running", data: { scanId: 5 } });

  await expect(start()).resolves.toMatchObject({ scanId: "5", joined: true });
});

test.each([200, 400, 409])("a busy answer with status %i says what to do", async (status) => {
  service.answers("POST", HOOK, status, { message: "Scan is already running" });

  const error = await failureOf(start());

  expect(error.code).toBe("CONFLICT");
  expect(error.message).toContain("a scan of its target is already running, and the answer does not say which");
  expect(error.message).toContain("projectId");
  expect(error.message).not.toContain(WEBHOOK);
});

test.each([[{}], [{ message: "webhook_scan_started", data: { scanId: "x" } }], [null]])(
  "a start that is answered with %j is not understood",
  async (body) => {
    service.answers("POST", HOOK, 200, body);

    await expect(start()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  },
);

test.each([
  [100, "queued"],
  [101, "running"],
  [102, "finished"],
  [105, "failed"],
  [199, "unknown"],
])("status code %i is %s", async (code, state) => {
  service.answers("GET", `${HOOK}/scans/5/status`, 200, { data: { status: { status_code: code } } });

  const status = await service.veracode({ statusCodes: { 105: "failed" } }).webhook.getWebhookScanStatus(WEBHOOK, "5");

  expect(status).toEqual({ scanId: "5", state, statusCode: code });
});

test("a scan that the service does not know has no status; a page of the front is an error", async () => {
  const { webhook } = service.veracode();
  service.answers("GET", `${HOOK}/scans/5/status`, 404, { message: "scan_not_found" });
  await expect(webhook.getWebhookScanStatus(WEBHOOK, "5")).resolves.toBeUndefined();

  service.answersText("GET", `${HOOK}/scans/5/status`, 404, "<html>", { "content-type": "text/html" });
  await expect(webhook.getWebhookScanStatus(WEBHOOK, "5")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
});

describe("the report", () => {
  const REPORT = `${HOOK}/scans/5/report/junit`;
  const XML = { "content-type": "text/xml" };
  const read = () => service.veracode().reports.readJunitReport({ webhook: WEBHOOK, scanId: "5" });
  const isNotReady = () => service.answers("GET", REPORT, 409, { message: "scan_not_finished" });
  const hasStatus = (code: number) =>
    service.answers("GET", `${HOOK}/scans/5/status`, 200, { data: { status: { status_code: code } } });

  test("is the JUnit one", async () => {
    service.answersText("GET", REPORT, 200, "<testsuites/>", XML);

    await expect(read()).resolves.toBe("<testsuites/>");
  });

  test.each([100, 101])("of a scan that has not ended (%i) is refused", async (code) => {
    isNotReady();
    hasStatus(code);

    await expect(read()).rejects.toMatchObject({ code: "SCAN_NOT_FINISHED" });
    expect(service.waits).toEqual([]);
  });

  test("of an ended scan is waited for", async () => {
    isNotReady();
    hasStatus(102);
    isNotReady();
    service.answersText("GET", REPORT, 200, "<testsuites/>", XML);

    await expect(read()).resolves.toBe("<testsuites/>");
    expect(service.waits).toEqual([10_000, 10_000]);
  });
});
