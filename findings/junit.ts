import type { Finding } from "./finding";
import { locationOf } from "./location";
import { MAX_FINDINGS, MAX_KINDS, MAX_SENTENCE_LENGTH, MAX_TEXT_LENGTH } from "./report-error";
import { severityNamed } from "./severity";
import { XmlStream, type XmlElement, type XmlHandlers, type XmlProblem } from "./xml-stream";

/** A scanner that broke, so its findings are unknown. */
export interface ScannerError {
  /** As in `JunitReport.scanners`; empty if the report does not name it. */
  readonly scanner: string;
  /** What the report says about it; may be empty. */
  readonly message: string;
}

/** A scanner that did not run, so its findings are unknown. */
export interface SkippedScanner {
  /** As in `JunitReport.scanners`. */
  readonly scanner: string;
  /** The reason given in the report; may be empty. */
  readonly message: string;
}

/** An XML (JUnit) report as data. Lists are in the order of the report. */
export interface JunitReport {
  /** How many test cases ran, passed or failed; without skipped ones. */
  readonly testCaseCount: number;
  /** The scanners of all test cases that ran, without duplicates. */
  readonly scanners: readonly string[];
  readonly scannerErrors: readonly ScannerError[];
  /** Scanners whose test cases were all skipped, without duplicates. */
  readonly skippedScanners: readonly SkippedScanner[];
  /** They have no slug, as JUnit has no place for one. */
  readonly findings: readonly Finding[];
}

/**
 * Parses an XML report. A failure of type `error` and an `<error>` are scanners that broke; a failure of type `Skipped` and a
 * `<skipped>` are scanners that did not run; any other failure is a finding, of the severity that its type names
 * (`severityNamed`). A finding of the scanner `cve` has its test case's name, the CVE ID, as title and CVE. A report without
 * test cases is valid. The `testCase` of a finding tells it from one of a JSON report.
 *
 * ASSUMED: a report of Veracode has the form of one of Crashtest Security.
 * @throws ReportParseError `REPORT_EMPTY` if it is empty; `REPORT_UNREADABLE` if it is not a JUnit report in well-formed XML,
 * was cut off, is nested too deeply, has a document type declaration, or declares more than it contains; `REPORT_TOO_LARGE`
 * if it exceeds the limits of findings, scanners or the length of texts
 */
export function parseJunit(xml: string): JunitReport {
  const elements = new JunitElements();
  const stream = new XmlStream(elements);
  stream.write(xml);
  const problem = stream.end();
  if (problem !== undefined) throw problem;
  return elements.report();
}

interface OpenElement extends XmlElement {
  /** Counts inside the element: test cases, failures and errors, and failures that mean skipped. */
  readonly found: { testCases: number; problems: number; skips: number };
  isSkipped: boolean;
}

/** The open elements of one report, and what it has contained so far. */
class JunitElements implements XmlHandlers {
  #testCaseCount = 0;
  readonly #scanners = new Set<string>();
  readonly #scannerErrors: ScannerError[] = [];
  /** The reason by scanner. */
  readonly #skips = new Map<string, string>();
  readonly #findings: Finding[] = [];
  readonly #open: OpenElement[] = [];
  /** The content of the open failure or error. */
  #text = "";

  report(): JunitReport {
    return {
      testCaseCount: this.#testCaseCount,
      scanners: [...this.#scanners],
      scannerErrors: this.#scannerErrors,
      skippedScanners: [...this.#skips]
        .filter(([scanner]) => !this.#scanners.has(scanner))
        .map(([scanner, message]) => ({ scanner, message })),
      findings: this.#findings,
    };
  }

  readonly onOpen = ({ name, attributes }: XmlElement): XmlProblem | undefined => {
    const parent = this.#open.at(-1);
    const problem = placeProblemOf(name, parent?.name);
    if (problem !== undefined) return problem;
    if (Object.values(attributes).some((value) => value.length > MAX_TEXT_LENGTH)) return LONG_TEXT;
    if (isProblem(name)) this.#text = "";
    const element = { name, attributes, found: { testCases: 0, problems: 0, skips: 0 }, isSkipped: false };
    if (isSkip(element) && parent !== undefined) this.#addSkip(element, parent);
    this.#open.push(element);
    return undefined;
  };

  readonly onText = (text: string): XmlProblem | undefined => {
    if (this.#open.some(({ name }) => isProblem(name))) this.#text += text;
    return Math.max(text.length, this.#text.length) > MAX_TEXT_LENGTH ? LONG_TEXT : undefined;
  };

  readonly onClose = (): XmlProblem | undefined => {
    const element = this.#open.pop();
    if (element === undefined) return undefined;
    const parent = this.#open.at(-1);
    if (element.name === "testcase") this.#addTestCase(element);
    if (isProblem(element.name) && !isSkip(element)) {
      const excess = this.#addProblem(element, parent);
      if (excess !== undefined) return excess;
    }
    if (this.#scanners.size > MAX_KINDS || this.#skips.size > MAX_KINDS) return MANY_SCANNERS;
    if (parent !== undefined) {
      parent.found.testCases += element.found.testCases;
      parent.found.problems += element.found.problems;
      parent.found.skips += element.found.skips;
    }
    return declaresMore(element)
      ? "ends a suite that declares more tests, failures or errors than it contains"
      : undefined;
  };

  #addSkip({ name, attributes, found }: OpenElement, testCase: OpenElement): void {
    testCase.isSkipped = true;
    if (isProblem(name)) found.skips = 1;
    const scanner = scannerOf(testCase);
    if (scanner !== "" && !this.#skips.has(scanner)) this.#skips.set(scanner, (attributes["message"] ?? "").trim());
  }

  #addTestCase(testCase: OpenElement): void {
    testCase.found.testCases = 1;
    if (testCase.isSkipped && testCase.found.problems === 0) return;
    this.#testCaseCount += 1;
    const scanner = scannerOf(testCase);
    if (scanner !== "") this.#scanners.add(scanner);
  }

  #addProblem(problem: OpenElement, testCase: OpenElement | undefined): XmlProblem | undefined {
    problem.found.problems = 1;
    const scanner = scannerOf(testCase);
    const text = this.#text.trim();
    const message = (problem.attributes["message"] ?? "").trim() || text;
    if (message.length > MAX_SENTENCE_LENGTH) return LONG_SENTENCE;
    if (problem.name === "error" || typeOf(problem) === "error") {
      this.#scannerErrors.push({ scanner, message });
      return this.#scannerErrors.length > MAX_KINDS ? MANY_ERRORS : undefined;
    }
    const caseName = testCase?.attributes["name"] ?? "";
    this.#findings.push(findingOf(scanner, caseName, problem.attributes["type"] ?? "", message, text));
    return this.#findings.length > MAX_FINDINGS ? MANY_FINDINGS : undefined;
  }
}

const LONG_TEXT = { tooLarge: `has a text of more than ${MAX_TEXT_LENGTH} characters` };
const LONG_SENTENCE = { tooLarge: `ends a failure with a message of more than ${MAX_SENTENCE_LENGTH} characters` };
const MANY_FINDINGS = { tooLarge: `exceeds the limit of ${MAX_FINDINGS} findings` };
const MANY_ERRORS = { tooLarge: `exceeds the limit of ${MAX_KINDS} broken scanners` };
const MANY_SCANNERS = { tooLarge: `exceeds the limit of ${MAX_KINDS} scanners` };

const typeOf = ({ attributes }: XmlElement): string => (attributes["type"] ?? "").trim().toLowerCase();

const isSkip = (element: XmlElement): boolean =>
  element.name === "skipped" || (element.name === "failure" && typeOf(element) === "skipped");

const isProblem = (name: string): boolean => name === "failure" || name === "error";

/** `ssl` of `ssl.crashtest.cloud`. */
const scannerOf = (testCase: OpenElement | undefined): string =>
  testCase?.attributes["classname"]?.split(".", 1)[0]?.trim() ?? "";

/** Compares the sum of failures and errors, as a scanner that broke may be either. */
function declaresMore({ name, attributes, found }: OpenElement): boolean {
  if (name !== "testsuites" && name !== "testsuite") return false;
  const problems = wholeNumber(attributes["failures"]) + wholeNumber(attributes["errors"]);
  return wholeNumber(attributes["tests"]) > found.testCases || problems > found.problems + found.skips;
}

const wholeNumber = (text = ""): number => (/^\s*\d+\s*$/.test(text) ? Number(text) : 0);

/** The known elements, and the parents that each may have; `undefined` is the root. */
const PARENTS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  testsuites: [undefined],
  testsuite: [undefined, "testsuites", "testsuite"],
  testcase: ["testsuites", "testsuite"],
  failure: ["testcase"],
  error: ["testcase"],
  skipped: ["testcase"],
};

/**
 * Returns what is wrong with an element below this parent. Unknown elements may appear inside known ones. One that resembles a
 * known one (other case, a prefix) is refused, since ignoring it could hide a finding.
 */
function placeProblemOf(name: string, parent: string | undefined): string | undefined {
  const local = name.slice(name.lastIndexOf(":") + 1).toLowerCase();
  const parents = Object.hasOwn(PARENTS, local) ? PARENTS[local] : undefined;
  if (parents !== undefined && name !== local) return `has an element that must be spelled ${local}`;
  if (parents?.includes(parent) === true || (parents === undefined && parent !== undefined)) return undefined;
  return parent === undefined ? "is not the start of a JUnit report" : `has a ${local} in the wrong place`;
}

/** Test cases of this scanner are named after CVEs of products that the service recognised. */
const CVE_SCANNER = "cve";

/** The test cases of one title are numbered in each report anew. */
const RUNNING_NUMBER = /\(\d{1,9}\)$/;

function findingOf(scanner: string, caseName: string, type: string, message: string, text: string): Finding {
  // The text begins with the scanner's sentence, while the message may begin with a title.
  const inText = locationOf({}, text.split("\n", 1)[0]?.trim() ?? "");
  const where = Object.keys(inText).length > 0 ? inText : locationOf({}, message);
  const severity = severityNamed(type);
  const finding = {
    scanner,
    slug: "",
    severity,
    information: message,
    where,
    references: {},
    cves: [],
    testCase: caseName.trim().replace(RUNNING_NUMBER, "").trimEnd(),
    additional: {},
  };
  const id = caseName.trim().toUpperCase();
  if (scanner !== CVE_SCANNER || !/^CVE-\d{4}-\d{4,19}$/.test(id)) return finding;
  return { ...finding, title: id, cves: [{ id, additional: {} }], testCase: id };
}
