import type { ServiceReportFormat } from "pulumi-crashtest/client";
import { Sink } from "./memory-sink";
import { MockService, WEBHOOK, failureOf } from "./mock-service";

const SCAN = { projectId: "7", scanId: "5" };
const pathOf = (format: ServiceReportFormat): string => `/projects/7/scans/5/report/${format}`;

let service: MockService;
beforeEach(() => {
  service = new MockService();
});
afterEach(() => service.end());

const answersReport = (format: ServiceReportFormat, body: string, type: string) =>
  service.answersText("GET", pathOf(format), 200, body, { "content-type": type });

test.each([
  ["json", "application/json", '{"data":{"findings":{}}}'],
  ["json", "application/json; charset=utf-8", "\n [1]"],
  ["xml", "application/xml", '<?xml version="1.0"?><testsuites/>'],
  ["xml", "text/xml;charset=UTF-8", "\uFEFF<testsuites/>"],
  ["pdf", "application/pdf", "%PDF-1.7\nrest"],
] as const)("a %s report of the type %s goes to its destination as it came", async (format, type, body) => {
  answersReport(format, body, type);
  const sink = new Sink();

  const bytes = await service.client().reports.writeReport(SCAN, format, sink);

  expect(sink.text).toBe(body);
  expect(bytes).toBe(Buffer.byteLength(body));
  expect(sink.writableFinished).toBe(true);
});

test.each([
  ["json", "text/html"],
  ["json", "application/pdf"],
  ["xml", "application/json"],
  ["pdf", "application/octet-stream"],
  ["pdf", ""],
] as const)("a %s report of the type %p is refused, and nothing is written", async (format, type) => {
  answersReport(format, "%PDF-1.7", type);
  const sink = new Sink();

  const error = await failureOf(service.client().reports.writeReport(SCAN, format, sink));

  expect(error.code).toBe("UNEXPECTED_ANSWER");
  expect(error.message).toContain(`a body of the type "${type}" instead of application/${format}`);
  expect(sink.bytes).toBe(0);
  expect(sink.destroyed).toBe(true);
});

test.each([
  ["json", "application/json", "<!doctype html><title>Log in</title>"],
  ["xml", "application/xml", "<!DOCTYPE html><title>Log in</title>"],
  [
    "xml",
    "application/xml",
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><title>Log in</title></html>',
  ],
  ["xml", "application/xml", " \n<HTML>"],
  ["xml", "application/xml", '{"message":"ok"}'],
  ["pdf", "application/pdf", "<html></html>"],
  ["pdf", "application/pdf", " %PDF-1.7"],
  ["pdf", "application/pdf", "%PD"],
] as const)(
  "a body that does not begin like %s is refused, whatever its type says (%#)",
  async (format, type, body) => {
    answersReport(format, body, type);
    const sink = new Sink();

    const error = await failureOf(service.client().reports.writeReport(SCAN, format, sink));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain(`does not begin like ${format}`);
    expect(sink.bytes).toBe(0);
  },
);

test.each([
  ["json", "application/json"],
  ["xml", "application/xml"],
  ["pdf", "application/pdf"],
] as const)("an empty %s report is refused", async (format, type) => {
  answersReport(format, "", type);

  const error = await failureOf(service.client().reports.writeReport(SCAN, format, new Sink()));

  expect(error.code).toBe("REPORT_EMPTY");
  expect(error.message).toContain("the service sent an empty report. It does not prove a clean scan");
});

test.each([
  [404, "scan_not_found", "NOT_FOUND"],
  [409, "scan_not_finished", "SCAN_NOT_FINISHED"],
  [403, "forbidden", "FORBIDDEN"],
])("a %i %s is the code %s", async (status, message, code) => {
  service.answers("GET", pathOf("pdf"), status, { message });

  const destination = new Sink();
  const error = await failureOf(service.client().reports.writeReport(SCAN, "pdf", destination));

  expect(destination.destroyed).toBe(true);
  expect(error).toMatchObject({ code, status });
  expect(error.message).toContain("Could not get the pdf report of scan 5 of project 7");
});

describe("maxReportBytes", () => {
  const report = `[${"1".repeat(998)}]`;

  test("lets a report of exactly so many bytes through", async () => {
    answersReport("json", report, "application/json");
    const sink = new Sink();

    await expect(service.client({ maxReportBytes: 1_000 }).reports.writeReport(SCAN, "json", sink)).resolves.toBe(
      1_000,
    );
    expect(sink.text).toBe(report);
  });

  test("refuses a report of one byte more", async () => {
    answersReport("json", `${report} `, "application/json");
    const sink = new Sink();

    const error = await failureOf(service.client({ maxReportBytes: 1_000 }).reports.writeReport(SCAN, "json", sink));

    expect(error).toMatchObject({ name: "ReportTooLargeError", code: "REPORT_TOO_LARGE", maxReportBytes: 1_000 });
    expect(error.message).toContain("crashtest:maxReportBytes");
    expect(sink.destroyed).toBe(true);
  });
});

test.each([1, 255, 256, 257])("a report of %i bytes is judged like any other", async (length) => {
  const body = `[${" ".repeat(length - 1)}`;
  answersReport("json", body, "application/json");
  const sink = new Sink();

  await service.client().reports.writeReport(SCAN, "json", sink);

  expect(sink.text).toBe(body);
});

describe("as text", () => {
  const TEXTS = { json: '[{"text":"ü, 🚪"}]', xml: "<testsuites name='ü, 🚪'/>" };
  const READ = { json: "readJsonReport", xml: "readXmlReport" } as const;
  const reports = () => service.client({ maxReportBytes: 1_000 }).reports;

  test.each(["json", "xml"] as const)("a %s report is what the service sent", async (format) => {
    answersReport(format, TEXTS[format], `application/${format}`);

    expect(await reports()[READ[format]](SCAN)).toBe(TEXTS[format]);
  });

  test.each(["json", "xml"] as const)("an empty %s report is refused", async (format) => {
    answersReport(format, "", `application/${format}`);

    expect(await failureOf(reports()[READ[format]](SCAN))).toMatchObject({ code: "REPORT_EMPTY" });
  });

  test.each(["json", "xml"] as const)("a page in place of a %s report is refused", async (format) => {
    answersReport(format, "<!doctype html><html></html>", `application/${format}`);

    expect(await failureOf(reports()[READ[format]](SCAN))).toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });

  test.each(["json", "xml"] as const)("a %s report above maxReportBytes is refused", async (format) => {
    answersReport(format, `${TEXTS[format]}${" ".repeat(1_000)}`, `application/${format}`);

    expect(await failureOf(reports()[READ[format]](SCAN))).toMatchObject({ code: "REPORT_TOO_LARGE" });
  });

  const MOST_BYTES = 16 * 1024 * 1024;

  test.each(["json", "xml"] as const)("a %s report of 16 MiB is read", async (format) => {
    answersReport(
      format,
      TEXTS[format] + " ".repeat(MOST_BYTES - Buffer.byteLength(TEXTS[format])),
      `application/${format}`,
    );

    const text = await service.client().reports[READ[format]](SCAN);

    expect(Buffer.byteLength(text)).toBe(MOST_BYTES);
  });

  test.each(["json", "xml"] as const)(
    "one byte more in a %s report is refused, however high maxReportBytes is",
    async (format) => {
      const body = TEXTS[format] + " ".repeat(MOST_BYTES + 1 - Buffer.byteLength(TEXTS[format]));
      answersReport(format, body, `application/${format}`);

      const error = await failureOf(service.client({ maxReportBytes: 10 * MOST_BYTES }).reports[READ[format]](SCAN));

      expect(error).toMatchObject({ code: "REPORT_TOO_LARGE", maxReportBytes: MOST_BYTES });
      expect(error.message).toContain(
        "has more than 16777216 bytes. This limit holds whatever crashtest:maxReportBytes is",
      );
      expect(error.message).not.toContain("Raise");
    },
  );

  test("by webhook there is XML, and no JSON", async () => {
    const path = `/webhook/${WEBHOOK}/scans/5/report/junit`;
    service.answersText("GET", path, 200, TEXTS.xml, { "content-type": "text/xml" });
    const source = { webhook: WEBHOOK, scanId: "5" };

    expect(await reports().readXmlReport(source)).toBe(TEXTS.xml);
    expect(await failureOf(reports().readJsonReport(source))).toMatchObject({ code: "ARGUMENT_INVALID" });
  });

  test("a report of a scan that still runs has that code", async () => {
    service.answers("GET", pathOf("xml"), 409, { message: "scan_not_finished" });

    expect(await failureOf(reports().readXmlReport(SCAN))).toMatchObject({ code: "SCAN_NOT_FINISHED" });
  });
});
