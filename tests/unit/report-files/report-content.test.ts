import { PassThrough } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { writeContent } from "../../../report-files/report-content";
import type { ReportFormat } from "../../../report-files/report-format";
import type { ReportRequest } from "../../../report-files/report-request";
import type { ScanningService } from "../../../service/service";
import { named, readElements } from "../findings/formats/html-reader";
import { readByOthers } from "../findings/formats/junit-reader";
import { schemaErrors } from "../findings/formats/sarif-reader";
import { JUNIT, junitService } from "./junit-service";

const PROJECT = { projectId: "7", scanId: "31" };

const requestOf = (format: ReportFormat, rest: Partial<ReportRequest> = {}): ReportRequest => ({
  source: PROJECT,
  format,
  baseline: undefined,
  allowUnfinished: false,
  place: undefined,
  ...rest,
});

/** What is written, as text. */
async function written(service: ScanningService, request: ReportRequest): Promise<string> {
  const file = new PassThrough();
  const [text, sizeBytes] = await Promise.all([textOf(file), writeContent(service, request, file)]);
  expect(Buffer.byteLength(text)).toBe(sizeBytes);
  return text;
}

describe("made from the XML report", () => {
  test.each(["sarif", "junit", "markdown", "html"] as const)(
    "%s requests it once, and leaves out what JUnit cannot say",
    async (format) => {
      const { service, asked } = junitService();

      const text = await written(service, requestOf(format));

      expect(asked).toEqual(["xml", "status"]);
      expect(text).not.toMatch(/undefined|null|NaN/);
      expect(text).toContain("no route");
      expect(text).toContain("no login");
    },
  );

  test("SARIF is valid, has no scores, and names the scanners that broke", async () => {
    const log = JSON.parse(await written(junitService().service, requestOf("sarif"))) as {
      runs: [{ results: object[]; tool: { driver: { name: string; rules: object[] } }; invocations: [object] }];
    };
    const [{ results, tool, invocations }] = log.runs;

    expect(tool.driver.name).toBe("Veracode DAST Essentials");
    expect(schemaErrors(log)).toEqual([]);
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({
      ruleId: "scanner/xss",
      level: "error",
      webRequest: { method: "GET" },
      partialFingerprints: { "crashtestJunit/v1": expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(JSON.stringify(results)).not.toContain("score");
    expect(JSON.stringify(tool.driver.rules)).not.toContain("security-severity");
    expect(invocations[0]).toMatchObject({ executionSuccessful: false });
  });

  test("JUnit is one that others read, with the same counts", async () => {
    const junit = readByOthers(await written(junitService().service, requestOf("junit")));

    expect(junit).toMatchObject({ passed: 1, failed: 2, errors: 1, skipped: 1 });
  });

  test("Markdown has no part on how to fix it, and says each thing once", async () => {
    const text = await written(junitService().service, requestOf("markdown"));

    expect(text).toContain("## Veracode DAST Essentials: 2 findings");
    expect(text).not.toMatch(/How to fix|Seen: `Found xss/);
  });

  test("HTML has no column for scores, no heading without content, and says each thing once", async () => {
    const elements = readElements(await written(junitService().service, requestOf("html")));

    expect(named(elements, "th").map(({ text }) => text)).not.toContain("Score");
    expect(named(elements, "dt").map(({ text }) => text)).toEqual([
      ...["Where", "Fingerprint", "What was seen", "Weaknesses", "Fingerprint"],
    ]);
    for (const name of ["dd", "th", "h3"]) expect(named(elements, name).map(({ text }) => text)).not.toContain("");
  });

  test("a report without test cases is an error, and not one of a clean scan", async () => {
    const { service } = junitService("<testsuites/>");

    await expect(writeContent(service, requestOf("sarif"), new PassThrough())).rejects.toMatchObject({
      code: "REPORT_EMPTY",
    });
  });

  test("a scan that did not finish has none, unless that is allowed", async () => {
    const { service } = junitService(JUNIT, { state: "stopped" });

    await expect(writeContent(service, requestOf("sarif"), new PassThrough())).rejects.toMatchObject({
      code: "SCAN_UNSUCCESSFUL",
    });
    expect(await written(service, requestOf("markdown", { allowUnfinished: true }))).toContain(
      "Not complete: the scan was stopped",
    );
  });
});

test("CSV is handed on as it is", async () => {
  const { service, asked } = junitService();

  expect(await written(service, requestOf("csv"))).toBe("severity;title\r\nhigh;Cross-site scripting\r\n");
  expect(asked).toEqual(["csv"]);
});
