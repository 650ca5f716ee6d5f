import { statusAnswer } from "./loopback-server";
import { ENDPOINT, MockService, failureOf } from "./mock-service";

let service: MockService;
beforeEach(() => {
  service = new MockService();
});
afterEach(() => service.end());

describe("startScan", () => {
  test.each([
    [201, "scan_started", 5, { scanId: "5", joined: false }],
    [201, "scan_started", "5", { scanId: "5", joined: false }],
    [200, "scan_already_running", 5, { scanId: "5", joined: true }],
    [201, "scan_already_running", 5, { scanId: "5", joined: true }],
    [202, "scan_queued", 5, { scanId: "5", joined: true }],
  ])("tells a %i %s apart, the ID %p as digits", async (status, message, scanId, expected) => {
    const seen = service.answers("POST", "/projects/7/scans", status, { message, data: { scanId } });

    await expect(service.client().scans.startScan("7")).resolves.toEqual({
      ...expected,
      service: { origin: ENDPOINT },
    });
    expect(seen.requests[0]?.body ?? null).toBeNull();
  });

  test("says what to do where ownership is not proved", async () => {
    const data = { reason: "the file cannot be read (status 404)" };
    const seen = service.answers("POST", "/projects/7/scans", 409, { message: "target_not_verified", data });

    const error = await failureOf(service.client().scans.startScan("7"));

    expect(error).toMatchObject({
      code: "TARGET_NOT_VERIFIED",
      status: 409,
      serviceMessage: expect.any(String) as string,
    });
    expect(error.message).toContain(
      "Could not start a scan of project 7: POST /projects/7/scans was answered with 409 (target_not_verified " +
        '{"reason":"the file cannot be read (status 404)"}). Nothing was started',
    );
    for (const way of [
      "verificationFileName",
      "verificationUuid",
      "verificationTxtRecord",
      "dependsOn",
      "the hook scanOnDeploy()",
    ]) {
      expect(error.message).toContain(way);
    }
    expect(error.message).toContain("option scanOnDeploy scans before the proof is in place");
    expect(seen.requests).toHaveLength(1);
  });

  test("is a conflict where the service names another reason", async () => {
    service.answers("POST", "/projects/7/scans", 409, { message: "project_is_locked" });

    await expect(service.client().scans.startScan("7")).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is an error where there is no such project", async () => {
    service.answers("POST", "/projects/7/scans", 404, { message: "project_not_found" });

    await expect(service.client().scans.startScan("7")).rejects.toMatchObject({ code: "NOT_FOUND", status: 404 });
  });
});

describe("stopScan", () => {
  test.each([
    [200, "scan_stopped", "stopped"],
    [404, "scan_not_found", "notFound"],
    [409, "scan_not_running", "notRunning"],
    [404, "project_not_found", "notFound"],
  ])("makes a value of %i %s", async (status, message, outcome) => {
    service.answers("DELETE", "/projects/7/scans/5", status, { message });

    await expect(service.client().scans.stopScan("7", "5")).resolves.toBe(outcome);
  });

  test.each([
    [200, {}, "without a slug"],
    [200, { message: "maintenance" }, "maintenance"],
    [404, { message: "route_not_found" }, "route_not_found"],
    [409, { message: "scan_is_locked" }, "scan_is_locked"],
  ])("takes a %i with %j for no word that it is done", async (status, body, said) => {
    service.answers("DELETE", "/projects/7/scans/5", status, body);

    const error = await failureOf(service.client().scans.stopScan("7", "5"));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain(
      `Could not stop scan 5 of project 7: DELETE /projects/7/scans/5 was answered with ${status} (${said}) instead of 200 ` +
        "scan_stopped, 404 scan_not_found, 404 project_not_found or 409 scan_not_running. ",
    );
  });

  test("goes by the slugs that the options name", async () => {
    service.answers("DELETE", "/projects/7/scans/5", 409, { message: "scan_has_ended" });

    const { scans } = service.client({ slugs: { scanNotRunning: "scan_has_ended" } });

    await expect(scans.stopScan("7", "5")).resolves.toBe("notRunning");
  });

  test("is an error at a 409 or a 404 that is not the service's", async () => {
    service.answersText("DELETE", "/projects/7/scans/5", 409, "conflict", { "content-type": "text/plain" });
    service.answersText("DELETE", "/projects/7/scans/6", 404, "nothing here", { "content-type": "text/plain" });

    const { scans } = service.client();

    await expect(scans.stopScan("7", "5")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
    await expect(scans.stopScan("7", "6")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });
});

describe("getScanStatus", () => {
  test.each([
    [100, "queued"],
    [101, "running"],
    [102, "finished"],
    [103, "stopped"],
    [104, "failed"],
    [105, "unknown"],
    [0, "unknown"],
  ])("reads the code %i as %s", async (statusCode, state) => {
    service.answers("GET", "/projects/7/scans/5/status", 200, statusAnswer(statusCode));

    const status = await service.client().scans.getScanStatus("7", "5");

    expect(status).toEqual({ scanId: "5", statusCode, state });
  });

  test("reads a code that comes as text", async () => {
    service.answers("GET", "/projects/7/scans/5/status", 200, { data: { status: { status_code: "102" } } });

    const status = await service.client().scans.getScanStatus("7", "5");

    expect(status).toEqual({ scanId: "5", statusCode: 102, state: "finished" });
  });

  test("reads a code as the option statusCodes says", async () => {
    service.answers("GET", "/projects/7/scans/5/status", 200, statusAnswer(110));

    const status = await service.client({ statusCodes: { 110: "finished" } }).scans.getScanStatus("7", "5");

    expect(status?.state).toBe("finished");
  });

  test.each(["scan_not_found", "project_not_found"])("is undefined at the service's own %s", async (message) => {
    service.answers("GET", "/projects/7/scans/5/status", 404, { message });

    await expect(service.client().scans.getScanStatus("7", "5")).resolves.toBeUndefined();
  });

  test("is an error at a 404 with another slug", async () => {
    service.answers("GET", "/projects/7/scans/5/status", 404, { message: "route_not_found" });

    const error = await failureOf(service.client().scans.getScanStatus("7", "5"));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain("was answered with 404 (route_not_found) instead of 404 scan_not_found");
  });

  test("is an error at a 404 that is not the service's", async () => {
    service.answersText("GET", "/projects/7/scans/5/status", 404, "<h1>404</h1>", { "content-type": "text/html" });

    await expect(service.client().scans.getScanStatus("7", "5")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });

  test.each([
    ["no status", {}],
    ["a status of text", { status: "running" }],
    ["no code", { status: {} }],
    ["a code of words", { status: { status_code: "finished" } }],
    ["an empty code", { status: { status_code: "" } }],
    ["a broken code as text", { status: { status_code: "101.5" } }],
    ["a code in another notation", { status: { status_code: "0x66" } }],
    ["a broken code", { status: { status_code: 101.5 } }],
    ["null", { status: null }],
  ])("refuses an answer with %s", async (_form, data) => {
    service.answers("GET", "/projects/7/scans/5/status", 200, { data });

    const error = await failureOf(service.client().scans.getScanStatus("7", "5"));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain("data.status.status_code");
  });
});
