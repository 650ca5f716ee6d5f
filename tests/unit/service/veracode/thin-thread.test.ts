import { serviceOver } from "../../../../service/veracode/service";
import { MockVeracode, REST, RUN_ID, RUN_PATH, run, SERVICE, target, TARGET_ID, TARGET_PATH } from "./mock-veracode";

const JUNIT = '<?xml version="1.0"?><testsuites><testsuite name="ssl"/></testsuites>';

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

test("a target is created, scanned, reported and deleted through the port", async () => {
  const port = serviceOver(service.veracode(), []);
  const created = service.answers("POST", `${REST}/targets`, 201, target());
  service.hasRuns();
  const started = service.answers("POST", `${REST}/analysis_run`, 200, run("RUNNING"));
  service.answers("GET", RUN_PATH, 200, run("FINISHED", { max_cvss: 7.5 }));
  service.answersText("GET", `${RUN_PATH}/report/junit`, 200, JUNIT, { "content-type": "application/xml" });
  service.answersText("DELETE", TARGET_PATH, 204, "", {});

  const project = { name: "shop", url: "https://shop.example.com/", type: "webapp", authorizedToScan: true } as const;
  await expect(port.createProject(project)).resolves.toMatchObject({ projectId: TARGET_ID, service: SERVICE });
  const scan = { projectId: TARGET_ID, scanId: RUN_ID };
  await expect(port.startScan({ projectId: TARGET_ID })).resolves.toEqual({
    scanId: RUN_ID,
    joined: false,
    startedAt: "2026-11-01T08:00:00.000Z",
    service: SERVICE,
  });
  await expect(port.getScanStatus(scan)).resolves.toEqual({ scanId: RUN_ID, state: "finished", maxCvss: 7.5 });
  await expect(port.readReport(scan, "xml")).resolves.toBe(JUNIT);
  await expect(port.deleteProject(TARGET_ID)).resolves.toBe("deleted");

  expect(JSON.parse(String(created.requests[0]?.body))).toMatchObject({ protocol: "HTTPS", url: "shop.example.com" });
  expect(JSON.parse(String(started.requests[0]?.body))).toEqual({ id: TARGET_ID });
  for (const { headers } of [...created.requests, ...started.requests]) {
    expect(headers["authorization"]).toMatch(
      /^VERACODE-HMAC-SHA-256 id=[0-9a-f]{32},ts=\d{13},nonce=[0-9a-f]{32},sig=[0-9a-f]{64}$/,
    );
  }
});
