import { truncated } from "../../errors/plain-text";
import { SERVICE_NAMES } from "../../service/rules";
import { completenessOf } from "./completeness";
import { failureOf, xmlDocument, xmlElement } from "./junit-failure";
import { type FormatContext, type PresentedFinding, placeOf, presentFindings } from "./presented-finding";
import type { FindingsReport } from "../report";

/**
 * Converts a report to JUnit XML with a suite per scanner. A finding is a failed test case, with its severity as the type of the
 * failure. A scanner without findings has a passed case, one that did not run a skipped one. A scanner that broke has an error, as
 * has a scan that did not finish, in which no case passes.
 *
 * The same report always yields the same text: it contains no time, and all durations are 0.
 */
export function toJunit(report: FindingsReport, context: FormatContext = {}): string {
  const suites = [...casesByScanner(report, context)].map(([name, cases]) => [name, numbered(cases)] as const);
  const attributes = {
    name: SERVICE_NAMES[context.service ?? "crashtest"],
    ...totalsOf(suites.flatMap(([, cases]) => cases)),
  };
  const elements = suites.map(([name, cases]) => {
    const caseElements = cases.map((testCase) => caseElement(name, testCase));
    return xmlElement("testsuite", { name, ...totalsOf(cases) }, caseElements);
  });
  return xmlDocument(xmlElement("testsuites", attributes, elements));
}

/** A `<testcase>`; it passes without an outcome. */
interface TestCase {
  /** Stable across scans. */
  readonly name: string;
  readonly outcome?: "failure" | "error" | "skipped";
  /** Of the element of the outcome. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly text?: string;
}

function caseElement(scanner: string, { name, outcome, attributes = {}, text }: TestCase): string {
  // As in the service's own reports, the part before the first dot is the scanner.
  const ownAttributes = { classname: `${scanner}.crashtest.cloud`, name, time: 0 };
  return xmlElement("testcase", ownAttributes, outcome === undefined ? [] : [xmlElement(outcome, attributes, text)]);
}

function totalsOf(cases: readonly TestCase[]): Record<string, number> {
  const count = (wanted: TestCase["outcome"]): number => cases.filter(({ outcome }) => outcome === wanted).length;
  const [failures, errors, skips] = [count("failure"), count("error"), count("skipped")];
  return { tests: cases.length, failures, errors, skipped: skips, time: 0 };
}

/** Limit of a title, a place and a parameter, in characters. */
const LONGEST_PART = 120;
/** Makes the names of findings unique; equal names are numbered. */
const FINGERPRINT_DIGITS = 8;

const NOT_FINISHED = "The scan did not finish, and nothing is known of what the scanner did not come to.";
const DID_NOT_RUN = "The scanner did not run, and nothing is known of what it looks for";

const failed = (name: string, message: string): TestCase => ({
  name,
  outcome: "error",
  attributes: { message, type: "error" },
});
const skipped = (name: string, message: string): TestCase => ({ name, outcome: "skipped", attributes: { message } });

/** The scanners that ran, in the order of the report, then those that broke or did not run, then the scan if it did not finish. */
function casesByScanner(report: FindingsReport, context: FormatContext): Map<string, TestCase[]> {
  const { badEnd, ran, broken, missing } = completenessOf(report, context);
  const suites = new Map<string, TestCase[]>(ran.map((name) => [suiteNameOf(name), []]));
  const add = (suite: string, testCase: TestCase): void => {
    const cases = suites.get(suite);
    if (cases === undefined) suites.set(suite, [testCase]);
    else cases.push(testCase);
  };
  for (const finding of presentFindings(report, context))
    add(suiteNameOf(finding.scanner), { name: caseNameOf(finding), outcome: "failure", ...failureOf(finding) });
  for (const cases of suites.values()) {
    if (cases.length === 0)
      cases.push(badEnd === undefined ? { name: "No findings" } : skipped("No findings", NOT_FINISHED));
  }
  for (const { name, why } of broken) add(suiteNameOf(name), failed("Broke", why || "It does not say why."));
  for (const { name, why } of missing)
    add(suiteNameOf(name), skipped("Did not run", `${DID_NOT_RUN}${why === "" ? "." : `: ${why}`}`));
  if (badEnd !== undefined) add("scan", failed("Finished", `The scan ${badEnd}`));
  return suites;
}

const suiteNameOf = (scanner: string): string => truncated(scanner.replaceAll(".", "_").trim(), LONGEST_PART) || "?";

/** Such as `SQL Injection: GET https://a.example/items, parameter id [0a1b2c3d]`. */
function caseNameOf(finding: PresentedFinding): string {
  const { parameter } = finding.where;
  const place = [placeOf(finding), parameter === undefined ? "" : `parameter ${truncated(parameter, LONGEST_PART)}`];
  const parts = [finding.title, place.filter((part) => part !== "").join(", ")].filter((part) => part !== "");
  const name = parts.map((part) => truncated(part, LONGEST_PART)).join(": ");
  return `${name} [${finding.fingerprint.slice(0, FINGERPRINT_DIGITS)}]`;
}

/** Makes names unique: the second case with the same name is numbered 2. */
function numbered(cases: readonly TestCase[]): TestCase[] {
  const counts = new Map<string, number>();
  return cases.map((testCase) => {
    const count = (counts.get(testCase.name) ?? 0) + 1;
    counts.set(testCase.name, count);
    return count === 1 ? testCase : { ...testCase, name: `${testCase.name} (${count})` };
  });
}
