import { setImmediate as turn } from "node:timers/promises";
import { EXAMPLE_SCRIPT, type Script } from "../../../src/index";
import { TestService } from "../../service/test-service";
import { codesOf, REST, VeracodeService, type Run } from "./veracode-service";

afterEach(() => TestService.closeAll());

const SLOW: Script = { default: { durationSeconds: 60 } };

const runsOf = async (service: VeracodeService, targetId: string): Promise<Run[]> =>
  (await service.json<{ _embedded: { analysis_runs: Run[] } }>("GET", `${REST}/targets/${targetId}/analysis_runs`, 200))
    ._embedded.analysis_runs;

async function started(script: Script): Promise<{ service: VeracodeService; targetId: string; run: Run }> {
  const service = await VeracodeService.start({ script });
  const { target_id: targetId } = await service.createTarget();
  return { service, targetId, run: await service.startRun(targetId) };
}

const stop = (service: VeracodeService, targetId: string, query = ""): ReturnType<VeracodeService["send"]> =>
  service.send("POST", `${REST}/analysis_run/${targetId}/stop${query}`);

test("a start while a run is on is a 400, and the list shows which it is", async () => {
  const { service, targetId, run } = await started(SLOW);

  const reply = await service.send("POST", `${REST}/analysis_run`, { body: { id: targetId } });

  expect([reply.status, codesOf(reply)]).toEqual([400, ["ANALYSIS_IN_PROGRESS"]]);
  expect(await runsOf(service, targetId)).toEqual([run]);
});

test("a run has the fields of the contract, and its target its newest state", async () => {
  const { service, targetId, run } = await started(EXAMPLE_SCRIPT);
  service.service.clock.advance(5_000);
  await turn();

  const ended = await service.run(targetId, run.analysis_run_id);

  expect(run).toEqual({
    ...{ analysis_run_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown, id: 1 },
    ...{ target_id: targetId, scan_number: 1, url: "shop.example.com", target_protocol: "HTTPS", scan_type: "QUICK" },
    ...{ started_at: "2026-01-01T00:00:00.000Z", finished_at: null, status: "RUNNING", started_by_name: "anna" },
    ...{ max_cvss: null, max_duration: null, max_crawl_duration: null, result_import_status: null },
  });
  expect(ended).toEqual({ ...run, status: "FINISHED", finished_at: "2026-01-01T00:00:05.000Z", max_cvss: 9.8 });
  expect(await service.json("GET", `${REST}/targets/${targetId}`, 200)).toMatchObject({
    ...{ status: "FINISHED", max_cvss: 9.8, last_scan: "2026-01-01T00:00:00.000Z" },
  });
});

test.each<[Script["default"] & object, string]>([
  [{}, "FINISHED"],
  [{ outcome: { failed: "out of memory" } }, "FAILED"],
  [{ outcome: { statusCode: 177 } }, "STATUS_177"],
  [{ queuedSeconds: 5 }, "RUNNING"],
])("a scan %j has the status %s", async (scan, status) => {
  const { service, targetId, run } = await started({ default: scan });
  await turn();

  expect((await service.run(targetId, run.analysis_run_id)).status).toBe(status);
});

test("STOP_SAVE keeps the run as STOPPED; without an action it is deleted", async () => {
  const { service, targetId, run } = await started(SLOW);
  const kept = await stop(service, targetId, "?action=STOP_SAVE");
  await turn();
  const saved = await service.run(targetId, run.analysis_run_id);
  const second = await service.startRun(targetId);

  const deleted = await stop(service, targetId);
  await turn();
  const gone = await service.send("GET", `${REST}/targets/${targetId}/analysis_runs/${second.analysis_run_id}`);
  const idle = await stop(service, targetId, "?action=STOP_SAVE");

  expect([kept.status, kept.text, deleted.status, deleted.text]).toEqual([200, "", 200, ""]);
  expect(saved.status).toBe("STOPPED");
  expect((await runsOf(service, targetId)).map(({ status, scan_number: number }) => [status, number])).toEqual([
    ["STOPPED", 1],
  ]);
  expect([gone.status, codesOf(gone)]).toEqual([404, ["NOT_FOUND"]]);
  expect([idle.status, codesOf(idle)]).toEqual([400, ["INVALID_TARGET_STATE"]]);
});

test("a run that takes a while to stop is STOPPING, and none can start until it has", async () => {
  const { service, targetId, run } = await started({ default: { durationSeconds: 60, stopSeconds: 3 } });
  await stop(service, targetId, "?action=STOP_SAVE");

  const meanwhile = await service.run(targetId, run.analysis_run_id);
  const start = await service.send("POST", `${REST}/analysis_run`, { body: { id: targetId } });
  service.service.clock.advance(3_000);
  await turn();

  expect([meanwhile.status, start.status]).toEqual(["STOPPING", 400]);
  expect((await service.run(targetId, run.analysis_run_id)).status).toBe("STOPPED");
});

test.each([
  ["pdf", "application/pdf", "%PDF-"],
  ["csv", "text/csv", "severity,title,scanner,place,message\r\n"],
  ["junit", "application/xml", "<testsuites "],
])("the report as %s is there once the run has ended", async (format, type, beginning) => {
  const { service, targetId, run } = await started(EXAMPLE_SCRIPT);
  const path = `${REST}/targets/${targetId}/analysis_runs/${run.analysis_run_id}/report/${format}`;
  const early = await service.send("GET", path);
  service.service.clock.advance(5_000);
  await turn();

  const report = await service.send("GET", path);

  expect([early.status, codesOf(early)]).toEqual([400, ["INVALID_TARGET_STATE"]]);
  expect([report.status, report.type]).toEqual([200, type]);
  expect(report.text.startsWith(beginning)).toBe(true);
});

test("the CSV has a line per finding, with quotes doubled", async () => {
  const script: Script = {
    default: {
      findings: {
        xss: [
          {
            finding_description_slug: "xss",
            information: 'a "quoted", text',
            details: { request: { method: "GET", url: "/q" } },
          },
        ],
      },
      descriptions: [{ slug: "xss", title: "XSS", baseScore: 6.1 }],
    },
  };
  const { service, targetId, run } = await started(script);

  const { text } = await service.send(
    "GET",
    `${REST}/targets/${targetId}/analysis_runs/${run.analysis_run_id}/report/csv`,
  );

  expect(text.split("\r\n")[1]).toBe('"medium","XSS","Cross-Site Scripting (XSS)","GET /q","a ""quoted"", text"');
});

test("a deleted target takes its running scan with it", async () => {
  const { service, targetId, run } = await started(SLOW);

  const { status } = await service.send("DELETE", `${REST}/targets/${targetId}`);
  const gone = await service.send("GET", `${REST}/targets/${targetId}/analysis_runs/${run.analysis_run_id}`);
  const start = await service.send("POST", `${REST}/analysis_run`, { body: { id: targetId } });

  expect([status, gone.status, start.status]).toEqual([204, 404, 404]);
});

test("a target elsewhere is scanned by a real scanner only with its owner's consent, and the answer says how", async () => {
  const service = await VeracodeService.start({
    requireProof: true,
    allowLocalTargets: true,
  });
  const { target_id: targetId } = await service.createTarget({ protocol: "HTTP", url: "127.0.0.1:9" });

  const reply = await service.send("POST", `${REST}/analysis_run`, { body: { id: targetId } });

  expect([reply.status, codesOf(reply)]).toEqual([400, ["TARGET_NOT_VERIFIED"]]);
  expect(reply.text).toMatch(/Serve [0-9a-f-]{36} as \/crashtest-[0-9a-f]{8}\.html/);
});
