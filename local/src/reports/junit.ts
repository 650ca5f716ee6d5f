import { create } from "xmlbuilder2";
import { severityOf, type Severity } from "../../../findings/severity";
import { SERVICE_SCANNERS, type ServiceScanner } from "../scanners/scanner";
import { untestedText } from "./coverage-text";
import type { Report, ReportedFinding } from "./report";
import { SCANNER_TITLES } from "./scanner-titles";

/** A `<testcase>`; it passes if it has no failure. */
export interface TestCase {
  /** `scan` is not a scanner: it stands for the whole scan. */
  scanner: ServiceScanner | "scan";
  name: string;
  failure?: { type: string; message: string };
}

/** Characters that XML 1.0 cannot hold, not even escaped, become the replacement character. */
const INVALID_CHARACTER_REPLACEMENT = "\uFFFD";
const MS_PER_SECOND = 1000;

/**
 * The builder does not escape what looks like a reference (`&lt;`, `&#0;`), which reads as another text or as invalid XML,
 * nor line breaks and tabs, which every reader takes for spaces in an attribute.
 */
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`);

/**
 * The test cases of a report: one per finding and one per scanner that broke, numbered within their title; one per CVE, named
 * by its number, under the scanner `cve` whichever one recognised the product; a passing one per scanner that ran and found
 * nothing. A scanner that did not run has none. A scan that did not finish has one that broke, and none that pass.
 */
export function testCasesOf(report: Report): TestCase[] {
  const cases = SERVICE_SCANNERS.flatMap((scanner): TestCase[] => {
    const found = report.findings.filter((finding) => finding.scanner === scanner).map(failureOf);
    const broken = report.outcome.errors
      .filter((error) => error.scanner === scanner)
      .map(({ message }) => ({ type: "error", message }));
    const title = SCANNER_TITLES[scanner];
    const failed = [...found, ...broken].map((failure, index) => ({
      scanner,
      name: `${title} (${index + 1})`,
      failure,
    }));
    const cases = scanner === "cve" ? [...failed, ...cveCasesOf(report)] : failed;
    return cases.length === 0 && report.ran.includes(scanner) ? [{ scanner, name: `${title} (1)` }] : cases;
  });
  if (report.badEnd === undefined) return cases;
  const message = `The scan did not finish (${report.badEnd}).`;
  return [...cases, { scanner: "scan", name: "Scan", failure: { type: "error", message } }];
}

/** Describes a finding without a sentence by its title. */
const failureOf = ({ severity, title, finding }: ReportedFinding): NonNullable<TestCase["failure"]> => ({
  type: typeOf(severity),
  message: finding.information === "" ? title : finding.information,
});

/** Returns the vulnerabilities of recognised products, each with its own severity. */
const cveCasesOf = ({ findings }: Report): TestCase[] =>
  findings.flatMap(({ finding }) =>
    (finding.cve_findings ?? []).map(({ cve_id: id, cvss, information = "" }): TestCase => ({
      scanner: "cve",
      name: id,
      failure: { type: typeOf(severityOf(cvss)), message: information === "" ? id : information },
    })),
  );

/** ASSUMED: the type `unknown` for what nobody rated; no report of the service itself is known to have one. */
const typeOf = (severity: Severity): string => (severity === "info" ? "informational" : severity);

function coverageProperties({ outcome: { coverage, untestedOperations } }: Report): [string, string | number][] {
  if (coverage === undefined) return [];
  const { pages, forms, parameters, operations } = coverage;
  const untested = untestedText(untestedOperations);
  return [
    ...([
      ["pages", pages],
      ["forms", forms],
      ["parameters", parameters],
    ] satisfies [string, number][]),
    ...(operations === undefined
      ? []
      : [["operations", `${operations.tested} of ${operations.specified} tested`] satisfies [string, string]]),
    ...(untested === undefined ? [] : [["operations.untested", escaped(untested)] satisfies [string, string]]),
  ];
}

/**
 * Formats the report as JUnit XML, as the service does. `failures` counts findings, `errors` scanners that broke; both are
 * `<failure>` elements.
 */
export function formatJunit(report: Report): string {
  const cases = testCasesOf(report);
  const errors = cases.filter(({ failure }) => failure?.type === "error").length;
  const failures = cases.filter(({ failure }) => failure !== undefined).length - errors;
  const { startedAtMs, endedAtMs } = report.scan;
  const time = Math.round(Math.max(0, (endedAtMs ?? startedAtMs) - startedAtMs) / MS_PER_SECOND);
  const counts = { tests: cases.length, disabled: 0, errors, failures };
  const root = create({ invalidCharReplacement: INVALID_CHARACTER_REPLACEMENT });
  const suite = root
    .ele("testsuites", { name: "", ...counts, time })
    .ele("testsuite", { name: "Crashtest Security Suite", ...counts, skipped: 0, time });
  const covered = coverageProperties(report);
  if (covered.length > 0) {
    const properties = suite.ele("properties");
    for (const [name, value] of covered) properties.ele("property", { name: `coverage.${name}`, value });
  }
  for (const { scanner, name, failure } of cases) {
    const testCase = suite.ele("testcase", { classname: `${scanner}.crashtest.cloud`, name: escaped(name) });
    if (failure !== undefined) testCase.ele("failure", { message: escaped(failure.message), type: failure.type });
  }
  // Readers recognise the service's reports by their first characters.
  return root.end({ headless: true, prettyPrint: true, indent: "\t" });
}
