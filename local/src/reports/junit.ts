import { create } from "xmlbuilder2";
import { SERVICE_SCANNERS, type ServiceScanner } from "../scanners/scanner";
import type { Report, ReportedFinding } from "./report";
import { SCANNER_TITLES } from "./scanner-titles";

/** One `<testcase>`; without a failure it passes. */
export interface TestCase {
  /** `scan` is none, but all of it. */
  scanner: ServiceScanner | "scan";
  name: string;
  failure?: { type: string; message: string; text: string };
}

/** What XML 1.0 cannot hold at all, not even escaped, becomes the sign for an unreadable character. */
const INVALID_CHARACTER_REPLACEMENT = "\uFFFD";
const MS_PER_SECOND = 1000;

/** The builder leaves what looks like a reference as it is (`&lt;`, `&#0;`), which reads as another text, or as no XML. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;");

/**
 * The test cases of a report: one per finding, numbered per scanner; one per scanner that broke; one that passes per
 * scanner that ran and found nothing. A scanner that did not run has none. A scan that did not finish has one that broke, and
 * none that passes.
 */
export function testCasesOf(report: Report): TestCase[] {
  const cases = SERVICE_SCANNERS.flatMap((scanner): TestCase[] => {
    const found = report.findings.filter((finding) => finding.scanner === scanner).map(failureOf);
    const broken = report.outcome.errors
      .filter((error) => error.scanner === scanner)
      .map(({ message }) => ({ type: "error", message, text: message }));
    const failures = [...found, ...broken];
    const title = SCANNER_TITLES[scanner];
    if (failures.length === 0) return report.ran.includes(scanner) ? [{ scanner, name: title }] : [];
    return failures.map((failure, index) => ({ scanner, name: `${title} (${index + 1})`, failure }));
  });
  if (report.badEnd === undefined) return cases;
  const message = `The scan did not finish (${report.badEnd}).`;
  return [...cases, { scanner: "scan", name: "Scan", failure: { type: "error", message, text: message } }];
}

/** ASSUMED: `unknown` as a type, for findings that nobody rated; the service's own reports were never seen with one. */
function failureOf({ severity, title, finding, description }: ReportedFinding): NonNullable<TestCase["failure"]> {
  const cves = (finding.cve_findings ?? []).map(({ cve_id: id, cvss }) =>
    cvss === undefined ? id : `${id} (${cvss})`,
  );
  const lines = [
    finding.information,
    description?.how_to_fix === undefined ? "" : `How to fix: ${description.how_to_fix}`,
    cves.length === 0 ? "" : `CVEs: ${cves.join(", ")}`,
  ];
  const text = lines.filter((line) => line !== "").join("\n");
  return { type: severity, message: finding.information === "" ? title : `${title}: ${finding.information}`, text };
}

/** The report as JUnit XML. `failures` counts findings, `errors` scanners that broke; both are `<failure>` elements. */
export function formatJunit(report: Report): string {
  const cases = testCasesOf(report);
  const errorCount = cases.filter(({ failure }) => failure?.type === "error").length;
  const failureCount = cases.filter(({ failure }) => failure !== undefined).length - errorCount;
  const { startedAtMs, endedAtMs } = report.scan;
  const totals = {
    tests: cases.length,
    failures: failureCount,
    errors: errorCount,
    time: Math.max(0, (endedAtMs ?? startedAtMs) - startedAtMs) / MS_PER_SECOND,
  };
  const root = create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: INVALID_CHARACTER_REPLACEMENT });
  const suite = root.ele("testsuites", totals).ele("testsuite", {
    name: "Crashtest Security Suite",
    ...totals,
    timestamp: new Date(startedAtMs).toISOString(),
  });
  const { coverage } = report.outcome;
  if (coverage !== undefined) {
    const properties = suite.ele("properties");
    for (const name of ["pages", "forms", "parameters"] as const) {
      properties.ele("property", { name: `coverage.${name}`, value: coverage[name] });
    }
  }
  for (const { scanner, name, failure } of cases) {
    const testCase = suite.ele("testcase", { classname: `${scanner}.crashtest.cloud`, name });
    if (failure === undefined) continue;
    testCase.ele("failure", { message: escaped(failure.message), type: failure.type }).txt(escaped(failure.text));
  }
  return root.end({ prettyPrint: true });
}
