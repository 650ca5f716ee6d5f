import { boundedText } from "../../../src/page/bounded-text";
import { MAX_LISTED_FINDINGS, viewFindings } from "../../../src/page/findings-view";
import { viewScan } from "../../../src/page/scan-view";
import type { ScanOutcome } from "../../../src/scanners/scanner";
import type { ScanHead } from "../../../src/store/scans";
import { OUTCOME, sampleReport } from "../../reports/sample-report";

const { project, scan } = sampleReport();
const view = (changes: Partial<ScanHead>, outcome: ScanOutcome = OUTCOME): ReturnType<typeof viewScan> =>
  viewScan(project, { ...scan, ...changes }, () => outcome);

test("an ended scan has its counts, and names what is missing and what broke", () => {
  const { state, endedAtMs, result } = view({});

  expect([state, endedAtMs]).toEqual(["finished", 2500]);
  expect(result?.counts).toEqual({ critical: 1, high: 1, medium: 0, low: 0, info: 0, unknown: 1 });
  expect(result?.ranCount).toBe(3);
  expect(result?.broken).toEqual([{ scanner: "Transport Layer Security (TLS/SSL)", message: "timed out" }]);
  expect(result?.missing).toContain("Port Scan");
  expect(result?.missing).not.toContain("SQL Injection");
});

test("an ended scan says what was covered, where that is known", () => {
  const coverage = { pages: 1, forms: 0, parameters: 2 };

  expect(view({}, { ...OUTCOME, coverage }).result?.covered).toBe("1 page, 0 forms, 2 parameters");
  expect(view({}).result?.covered).toBeNull();
});

test("a scan under way has no result, and nobody asks for its outcome", () => {
  const running = viewScan(project, { ...scan, state: "running", endedAtMs: undefined, progressFraction: 0.25 }, () => {
    throw new Error("must not be asked");
  });

  expect([running.result, running.progressFraction, running.endedAtMs]).toEqual([null, 0.25, null]);
});

test("a failed scan says why", () => {
  expect(view({ state: "failed" }, { ...OUTCOME, state: "failed", reason: "no memory" })).toMatchObject({
    state: "failed",
    reason: "no memory",
  });
});

test("a status code that is in no table is an unknown end, not a finished scan", () => {
  expect(view({}, { ...OUTCOME, statusCode: 177 })).toMatchObject({ state: "unknown", statusCode: 177 });
});

test("findings are listed from the worst on, those that nobody rated last", () => {
  const { findings, total } = viewFindings(sampleReport());

  expect(findings.map(({ severity, title, score }) => [severity, title, score])).toEqual([
    ["critical", "Kritisch", 9.8],
    ["high", "Hoch", 7.5],
    ["unknown", "no-such", null],
  ]);
  expect(total).toBe(3);
});

test("a finding has where it is and how to fix it", () => {
  const [finding] = viewFindings(
    sampleReport({
      ...OUTCOME,
      findings: {
        xss: [
          {
            service_type: "xss",
            finding_description_slug: "high-one",
            information: "q comes back",
            details: { request: { method: "GET", url: "http://127.0.0.1/search", parameter: "q" } },
            cve_findings: [{ cve_id: "CVE-2021-1", cvss: 7.7 }, { cve_id: "CVE-2021-2" }],
            created_at: "2026-01-01T00:00:00Z",
          },
        ],
      },
    }),
  ).findings;

  expect(finding).toMatchObject({
    ...{ method: "GET", url: "http://127.0.0.1/search", parameter: "q", information: "q comes back" },
    ...{ scanner: "Cross-Site Scripting (XSS)", howToFix: "Escape it.", cves: ["CVE-2021-1 (7.7)", "CVE-2021-2"] },
  });
});

test("of very many findings the worst are listed, and all are counted", () => {
  const low = { service_type: "xss", finding_description_slug: "x", information: "", created_at: "" };
  const { sqlinjection = [] } = OUTCOME.findings;
  const findings = { xss: Array.from({ length: MAX_LISTED_FINDINGS }, () => low), sqlinjection };

  const listed = viewFindings(sampleReport({ ...OUTCOME, findings }));

  expect([listed.findings.length, listed.total]).toEqual([MAX_LISTED_FINDINGS, MAX_LISTED_FINDINGS + 1]);
  expect(listed.findings[0]?.severity).toBe("critical");
});

test.each([
  ["short", "short"],
  ["0123456789", "0123456789"],
  ["0123456789ab", "0123456789… (2 more characters in the reports)"],
  ["012345678😀9", "012345678… (3 more characters in the reports)"],
])("the text %j is shown as %j where ten characters are", (text, shown) => {
  expect(boundedText(text, 10)).toBe(shown);
});
