import type { FindingsReport } from "../report";
import { testSuitesOf, type TestCase, type TestSuite } from "./junit-suites";
import { xmlDocument, xmlElement } from "./xml-element";
import type { FormatContext } from "./presented-finding";

/**
 * A report as JUnit XML: a suite per scanner. A finding is a test case that failed, its severity the type of the failure; a
 * scanner that found nothing has a case that passed, one that did not run has one that was skipped. One that broke has an
 * error, and so has a scan that did not finish, of which no case passes.
 *
 * The same report always gives the same text: it holds no time, all durations are 0.
 */
export function toJunit(report: FindingsReport, context: FormatContext = {}): string {
  const suites = testSuitesOf(report, context);
  const attributes = { name: "Crashtest Security", ...totalsOf(suites.flatMap(({ cases }) => cases)) };
  return xmlDocument(xmlElement("testsuites", attributes, suites.map(suiteElement)));
}

function suiteElement({ scanner, cases }: TestSuite): string {
  const elements = cases.map((testCase) => caseElement(scanner, testCase));
  return xmlElement("testsuite", { name: scanner, ...totalsOf(cases) }, elements);
}

function caseElement(scanner: string, { name, failure, error, skipped }: TestCase): string {
  // As in the service's own reports: whatever stands before the first dot is the scanner.
  const attributes = { classname: `${scanner}.crashtest.cloud`, name, time: 0 };
  return xmlElement("testcase", attributes, [
    ...(failure === undefined
      ? []
      : [xmlElement("failure", { message: failure.message, type: failure.type }, failure.text)]),
    ...(error === undefined ? [] : [xmlElement("error", { message: error, type: "error" })]),
    ...(skipped === undefined ? [] : [xmlElement("skipped", { message: skipped })]),
  ]);
}

function totalsOf(cases: readonly TestCase[]): Record<string, number> {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const errors = cases.filter(({ error }) => error !== undefined).length;
  const skipped = cases.filter((testCase) => testCase.skipped !== undefined).length;
  return { tests: cases.length, failures, errors, skipped, time: 0 };
}
