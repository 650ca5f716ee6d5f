import { truncated } from "../plain-text";
import type { FindingsReport } from "../report";
import { completenessOf } from "./completeness";
import { failureOf, type Failure } from "./junit-failure";
import { placeOf, presentFindings, type FormatContext, type PresentedFinding } from "./presented-finding";

/** One `<testcase>`: without a failure or an error, and not skipped, it passes. */
export interface TestCase {
  /** Unique in its suite. It stays the same from scan to scan. */
  readonly name: string;
  readonly failure?: Failure;
  /** What kept the scan, or the scanner, from its end. */
  readonly error?: string;
  /** Why it was skipped. */
  readonly skipped?: string;
}

/** The test cases of a scanner; never empty. */
export interface TestSuite {
  /** A name without dots, unique in the report. */
  readonly scanner: string;
  readonly cases: readonly TestCase[];
}

/** Of a title, a place, a parameter, in characters: longer ones only make tables that nobody can read. */
const LONGEST_PART = 120;
/** They tell the findings of a report apart; where they do not, a number does. */
const FINGERPRINT_DIGITS = 8;

const NO_FINDINGS: TestCase = { name: "No findings" };
const DID_NOT_RUN = {
  name: "Did not run",
  skipped: "The scanner did not run, and nothing is known of what it looks for",
};
const NOT_FINISHED: TestCase = {
  name: "No findings",
  skipped: "The scan did not finish, and nothing is known of what the scanner did not come to.",
};
/** In the place of a scanner's name. */
const SCAN = "scan";

/** The scanners that ran, in the order of the report, then those that broke or should have run, then the scan if it did not finish. */
export function testSuitesOf(report: FindingsReport, context: FormatContext): TestSuite[] {
  const { badEnd, ran, broken, missing } = completenessOf(report, context);
  const suites = new Map<string, TestCase[]>(ran.map((name) => [suiteNameOf(name), []]));
  const casesOf = (scanner: string): TestCase[] => {
    const cases = suites.get(scanner) ?? [];
    suites.set(scanner, cases);
    return cases;
  };
  for (const finding of presentFindings(report, context)) {
    casesOf(suiteNameOf(finding.scanner)).push({ name: caseNameOf(finding), failure: failureOf(finding) });
  }
  for (const cases of suites.values()) {
    if (cases.length === 0) cases.push(badEnd === undefined ? NO_FINDINGS : NOT_FINISHED);
  }
  for (const { name, why } of broken)
    casesOf(suiteNameOf(name)).push({ name: "Broke", error: why || "It does not say why." });
  for (const { name, why } of missing) {
    const skipped = `${DID_NOT_RUN.skipped}${why === "" ? "." : `: ${why}`}`;
    casesOf(suiteNameOf(name)).push({ ...DID_NOT_RUN, skipped });
  }
  if (badEnd !== undefined) casesOf(SCAN).push({ name: "Finished", error: `The scan ${badEnd}` });
  return [...suites].map(([scanner, cases]) => ({ scanner, cases: numbered(cases) }));
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

/** Test cases of which no two have one name: the second one of a name is numbered 2. */
function numbered(cases: readonly TestCase[]): TestCase[] {
  const counts = new Map<string, number>();
  return cases.map((testCase) => {
    const count = (counts.get(testCase.name) ?? 0) + 1;
    counts.set(testCase.name, count);
    return count === 1 ? testCase : { ...testCase, name: `${testCase.name} (${count})` };
  });
}
