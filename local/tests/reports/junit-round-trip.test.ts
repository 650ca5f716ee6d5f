import { parseJunit, SEVERITIES } from "../../../findings";
import { formatJunit } from "../../src/reports/junit";
import { OUTCOME, sampleReport } from "./sample-report";

test("the service's report is read with all that it says", () => {
  const { testCaseCount, scanners, scannerErrors, findings } = parseJunit(formatJunit(sampleReport()));

  expect(testCaseCount).toBe(5);
  expect(scanners).toEqual(["csrf", "sqlinjection", "ssl", "xss"]);
  expect(scannerErrors).toEqual([{ scanner: "ssl", message: "timed out" }]);
  expect(findings.map(({ scanner, severity, information }) => [scanner, severity, information])).toEqual([
    ["sqlinjection", "critical", "Kritisch"],
    ["xss", "high", "bell \uFFFD <b> & \u2028 ]]> \uFFFD"],
    ["xss", "unknown", "Größe Ελληνικά Привет"],
  ]);
});

test.each([
  ["failed", "it crashed", "The scan did not finish (failed: it crashed)."],
  ["stopped", undefined, "The scan did not finish (stopped)."],
] as const)("a scan that %s is an error of its own, beside which no scanner passes", (state, reason, message) => {
  const outcome = { ...OUTCOME, state, ...(reason !== undefined && { reason }), errors: [] };
  const { scanners, scannerErrors, findings } = parseJunit(formatJunit(sampleReport(outcome)));

  expect(scannerErrors).toEqual([{ scanner: "scan", message }]);
  expect(scanners).toEqual(["sqlinjection", "xss", "scan"]);
  expect(findings).toHaveLength(3);
});

test("each severity comes through, with the place that the text names", () => {
  const scores = { critical: 9.8, high: 7.5, medium: 5, low: 1, info: 0 };
  const information = "Retrieved https://shop.example/a by using a GET request";
  const report = sampleReport({
    state: "finished",
    findings: {
      fuzzer: SEVERITIES.map((severity) => ({
        ...{ service_type: "fuzzer", finding_description_slug: severity, created_at: "2026-01-01T00:00:00Z" },
        information,
      })),
    },
    descriptions: Object.entries(scores).map(([slug, baseScore]) => ({ slug, title: slug, baseScore })),
    errors: [],
  });
  const { findings } = parseJunit(formatJunit(report));

  expect(findings.map(({ severity }) => severity)).toEqual(SEVERITIES);
  for (const { where } of findings) expect(where).toMatchObject({ method: "GET", path: "/a", host: "shop.example" });
});

test("a CVE is a finding of its own, with the severity of its score, whichever scanner recognised the product", () => {
  const cves = [{ cve_id: "CVE-2000-0001", cvss: 9.8, information: "Overflow." }, { cve_id: "CVE-2000-0002" }];
  const fingerprinting = [
    {
      ...{ service_type: "fingerprinting", finding_description_slug: "old", created_at: "2026-01-01T00:00:00Z" },
      ...{ information: "Found doord 1.2.", cve_findings: cves },
    },
  ];
  const descriptions = [{ slug: "old", title: "Old product", baseScore: 0 }];
  const report = sampleReport({ state: "finished", findings: { fingerprinting }, descriptions, errors: [] });
  const { findings, scanners } = parseJunit(formatJunit(report));

  expect(scanners).toEqual(["cve", "fingerprinting"]);
  expect(findings.map(({ severity, information, cves: [cve] }) => [severity, information, cve?.id])).toEqual([
    ["critical", "Overflow.", "CVE-2000-0001"],
    ["unknown", "CVE-2000-0002", "CVE-2000-0002"],
    ["info", "Found doord 1.2.", undefined],
  ]);
});

test.each(["&nbsp;", "&#0;", "&lt;b&gt;", "&amp;amp;", "a & b", "&x;", "a\r\n\tb", "a\nb"])(
  "%s in what a site answered is read as it was",
  (text) => {
    const xss = [{ service_type: "xss", finding_description_slug: "", information: text, created_at: "" }];

    const { findings } = parseJunit(formatJunit(sampleReport({ ...OUTCOME, findings: { xss } })));

    expect(findings.map(({ information }) => information)).toEqual([text]);
  },
);

test("a scan in which no scanner ran has no test case", () => {
  const nothing = sampleReport({ state: "finished", findings: {}, descriptions: [], errors: [] });

  expect(parseJunit(formatJunit(nothing))).toEqual({
    ...{ testCaseCount: 0, scanners: [], scannerErrors: [], findings: [] },
    skippedScanners: [],
  });
});

test("what was covered is no finding, no error and no scanner", () => {
  const covered = sampleReport({ ...OUTCOME, coverage: { pages: 1, forms: 0, parameters: 0 } });

  expect(parseJunit(formatJunit(covered))).toEqual(parseJunit(formatJunit(sampleReport())));
});
