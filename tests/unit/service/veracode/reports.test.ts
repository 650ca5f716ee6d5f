import { setTimeout } from "node:timers/promises";
import type { ServiceReportFormat } from "../../../../service/service";
import { Sink } from "../crashtest/memory-sink";
import { failureOf, WEBHOOK } from "../crashtest/mock-service";
import { MockVeracode, problem, RUN_ID, RUN_PATH, run, TARGET_ID } from "./mock-veracode";

const SCAN = { projectId: TARGET_ID, scanId: RUN_ID };
const JUNIT = '<?xml version="1.0"?><testsuites/>';
const XML = { "content-type": "application/xml" };

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

const notReady = (code: string) => service.answers("GET", `${RUN_PATH}/report/junit`, 400, problem(400, code));

test.each<[ServiceReportFormat, string, string, string]>([
  ["xml", "junit", "application/xml", JUNIT],
  ["pdf", "pdf", "application/pdf", "%PDF-1.7 and so on"],
  ["csv", "csv", "text/csv; charset=utf-8", "Any,column\n1,2\n"],
])("a report is written as %s", async (format, path, contentType, text) => {
  service.answersText("GET", `${RUN_PATH}/report/${path}`, 200, text, { "content-type": contentType });
  const sink = new Sink();

  await expect(service.veracode().reports.writeReport(SCAN, format, sink)).resolves.toBe(text.length);
  expect(sink.text).toBe(text);
});

test.each([
  ["text/html", "a,b", 'a body of the type "text/html"'],
  ["text/csv", "<html><body>Sign in", "a body that does not begin like csv"],
  ["text/csv", '{"message": "busy"}', "a body that does not begin like csv"],
  ["text/csv", "", "an empty report"],
])("a CSV report of the type %s that is %j is refused", async (contentType, text, said) => {
  service.answersText("GET", `${RUN_PATH}/report/csv`, 200, text, { "content-type": contentType });

  const error = await failureOf(service.veracode().reports.writeReport(SCAN, "csv", new Sink()));

  expect(error.message).toContain(said);
});

test.each(["INVALID_TARGET_STATE", "SCAN_REPORT_NOT_READY", "REPORT_DATA_NOT_READY"])(
  "a report of an ended run that is not ready (%s) is waited for",
  async (code) => {
    notReady(code);
    service.answers("GET", RUN_PATH, 200, run("FINISHED"));
    notReady(code);
    service.answersText("GET", `${RUN_PATH}/report/junit`, 200, JUNIT, XML);

    await expect(service.veracode().reports.readJunitReport(SCAN)).resolves.toBe(JUNIT);
    expect(service.waits).toEqual([10_000, 10_000]);
  },
);

test("the report of a run that is on is not waited for", async () => {
  notReady("INVALID_TARGET_STATE");
  service.answers("GET", RUN_PATH, 200, run("RUNNING"));

  const error = await failureOf(service.veracode().reports.readJunitReport(SCAN));

  expect(error.code).toBe("SCAN_NOT_FINISHED");
  expect(service.waits).toEqual([]);
});

test("a report that never gets ready is given up after ten minutes", async () => {
  service.answers("GET", RUN_PATH, 200, run("FINISHED"));
  service.pool
    .intercept({ method: "GET", path: `${RUN_PATH}/report/junit` })
    .reply(400, JSON.stringify(problem(400, "SCAN_REPORT_NOT_READY")))
    .times(61);

  const error = await failureOf(service.veracode().reports.readJunitReport(SCAN));

  expect(error.code).toBe("SCAN_NOT_FINISHED");
  expect(error.message).toContain("not ready after 10 minutes");
});

test("the wait for a report ends with its signal, like a request without an answer", async () => {
  const ending = new AbortController();
  notReady("SCAN_REPORT_NOT_READY");
  service.answers("GET", RUN_PATH, 200, run("FINISHED"));
  const sleep = async (_waitMs: number, signal?: AbortSignal): Promise<void> => {
    ending.abort();
    await setTimeout(60_000, undefined, signal && { signal });
  };

  const reading = service.veracode({ sleep }).reports.readJunitReport(SCAN, { signal: ending.signal });

  await expect(reading).rejects.toMatchObject({ code: "UNREACHABLE" });
});

test("any other refusal is not waited for", async () => {
  notReady("INVALID_FORMAT");

  await expect(service.veracode().reports.readJunitReport(SCAN)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
});

test("a report that is too large is refused", async () => {
  service.answersText("GET", `${RUN_PATH}/report/junit`, 200, JUNIT, XML);

  const error = await failureOf(service.veracode({ maxReportBytes: 10 }).reports.readJunitReport(SCAN));

  expect(error.code).toBe("REPORT_TOO_LARGE");
  expect(error.message).toContain("Raise crashtest:maxReportBytes");
});

test.each<[object, ServiceReportFormat]>([
  [SCAN, "json"],
  [{ webhook: WEBHOOK, scanId: "5" }, "pdf"],
  [{ webhook: WEBHOOK, scanId: "5" }, "csv"],
])("nothing is requested for %j as %s", async (source, format) => {
  const error = await failureOf(service.veracode().reports.writeReport(source as typeof SCAN, format, new Sink()));

  expect(error.code).toBe("ARGUMENT_INVALID");
});
