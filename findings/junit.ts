import { copyOf } from "./copy-of";
import type { Finding } from "./finding";
import { findingOf } from "./junit-finding";
import { placeProblemOf } from "./junit-place";
import { MAX_FINDINGS, MAX_PART_LENGTH, MAX_KINDS, MAX_SENTENCE_LENGTH } from "./report-limits";
import { XmlReading, type XmlElement, type XmlProblem } from "./report-xml";

/** A scanner that broke, so that its findings are not known. */
export interface ScannerError {
  /** As in `JunitReport.scanners`; empty where the report does not say. */
  readonly scanner: string;
  /** What the report says of it; it may be empty. */
  readonly message: string;
}

/** A scanner that did not run, so that nothing is known of what it looks for. */
export interface SkippedScanner {
  /** As in `JunitReport.scanners`. */
  readonly scanner: string;
  /** Why, as the report says it; it may be empty. */
  readonly message: string;
}

/** An XML (JUnit) report as data. */
export interface JunitReport {
  /** How many test cases ran, passed or not; skipped ones did not. */
  readonly testCaseCount: number;
  /** The scanners that test cases which ran name, each once, in the order of the report. */
  readonly scanners: readonly string[];
  readonly scannerErrors: readonly ScannerError[];
  /** Scanners of which each test case was skipped, each once, in the order of the report. */
  readonly skippedScanners: readonly SkippedScanner[];
  /** In the order of the report. They have no slug, as JUnit has no place for one. */
  readonly findings: readonly Finding[];
}

/** An XML report as data, with what was made of its findings in their place. */
export type JunitReportOf<Made> = Omit<JunitReport, "findings"> & { readonly findings: readonly Made[] };

interface OpenElement extends XmlElement {
  /** How many test cases, failures and errors, and failures that say that it was skipped, there are inside it. */
  readonly found: { testCases: number; problems: number; skips: number };
  isSkipped: boolean;
}

/**
 * Reads an XML report. A failure of the type `error` and an `<error>` are scanners that broke; one of the type `Skipped` and
 * a `<skipped>` say that it did not run; any other failure is a finding, of the severity that its type names
 * (`severityNamed`). A finding of the scanner `cve` has the number of its weakness, the test case's name, as title and CVE. A
 * report without a test case is read like any other.
 * @throws ReportParseError `REPORT_EMPTY` if it has no content; `REPORT_UNREADABLE` if it is no JUnit report in well-formed
 * XML, was cut off, is nested too deep, has a document type declaration, or declares more than it holds; `REPORT_TOO_LARGE` if
 * it has more findings or scanners, or longer texts, than are read.
 */
export function parseJunit(xml: string): JunitReport {
  const reading = new JunitReading((finding) => finding);
  reading.write(xml);
  return reading.end();
}

/** Reads an XML report piece by piece, as `parseJunit` does, and holds of its findings what is made of them. */
export class JunitReading<Made> {
  readonly #found: JunitElements<Made>;
  readonly #xml: XmlReading;

  /**
   * @param make what is made of a finding; undefined where nobody asks for findings
   * @param makeError what is made of a scanner that broke
   */
  constructor(
    make: ((finding: Finding) => Made) | undefined,
    makeError = (error: ScannerError): ScannerError => error,
  ) {
    this.#found = new JunitElements(make, makeError);
    this.#xml = new XmlReading(this.#found);
  }

  /** By scanner, how many of its failures are findings, also where nobody asks for those; scanners without any are left out. */
  get failureCounts(): ReadonlyMap<string, number> {
    return this.#found.failureCounts;
  }

  /** Reads on. What is wrong is said at the end. */
  write(piece: string): void {
    this.#xml.write(piece);
  }

  /** @throws ReportParseError as `parseJunit` */
  end(): JunitReportOf<Made> {
    this.#xml.end();
    return this.#found.report();
  }
}

/** What was found so far in one reading, and the elements that are open. */
class JunitElements<Made> {
  readonly failureCounts = new Map<string, number>();
  private testCaseCount = 0;
  private readonly scanners = new Set<string>();
  private readonly scannerErrors: ScannerError[] = [];
  /** By scanner, why. */
  private readonly skips = new Map<string, string>();
  private readonly findings: Made[] = [];
  private readonly open: OpenElement[] = [];
  private texts: string[] = [];
  private textLength = 0;

  constructor(
    private readonly make: ((finding: Finding) => Made) | undefined,
    private readonly makeError: (error: ScannerError) => ScannerError,
  ) {}

  report(): JunitReportOf<Made> {
    const { testCaseCount, scanners, scannerErrors, skips, findings } = this;
    const skippedScanners = [...skips].flatMap(([scanner, message]) =>
      scanners.has(scanner) ? [] : [{ scanner, message }],
    );
    return { testCaseCount, scanners: [...scanners], scannerErrors, skippedScanners, findings };
  }

  readonly onOpen = ({ name, attributes }: XmlElement): XmlProblem | undefined => {
    const parent = this.open.at(-1);
    const problem = placeProblemOf(name, parent?.name);
    if (problem !== undefined) return problem;
    if (isProblem(name)) this.beginText();
    const element = { name, attributes, found: { testCases: 0, problems: 0, skips: 0 }, isSkipped: false };
    if (isSkip(element) && parent !== undefined) this.addSkip(element, parent);
    this.open.push(element);
    return undefined;
  };

  readonly onText = (text: string): XmlProblem | undefined => {
    if (text === "" || !this.open.some((element) => this.isTold(element))) return undefined;
    this.texts.push(text);
    this.textLength += text.length;
    return this.textLength > MAX_PART_LENGTH ? LONG_TEXT : undefined;
  };

  readonly onClose = (): XmlProblem | undefined => {
    const element = this.open.pop();
    if (element === undefined) return undefined;
    const parent = this.open.at(-1);
    const excess = this.add(element, parent);
    if (excess !== undefined) return excess;
    if (parent !== undefined) {
      parent.found.testCases += element.found.testCases;
      parent.found.problems += element.found.problems;
      parent.found.skips += element.found.skips;
    }
    return declaresMore(element) ? "ends a part that declares more tests, failures or errors than it holds" : undefined;
  };

  private beginText(): void {
    this.texts = [];
    this.textLength = 0;
  }

  private add(element: OpenElement, parent: OpenElement | undefined): XmlProblem | undefined {
    if (element.name === "testcase") this.addTestCase(element);
    else if (isProblem(element.name) && !isSkip(element)) return this.addProblem(element, parent);
    return this.scanners.size > MAX_KINDS || this.skips.size > MAX_KINDS ? MANY_SCANNERS : undefined;
  }

  private addSkip({ name, attributes, found }: OpenElement, testCase: OpenElement): void {
    testCase.isSkipped = true;
    if (isProblem(name)) found.skips = 1;
    const scanner = scannerOf(testCase);
    if (scanner === "" || this.skips.has(scanner)) return;
    this.skips.set(copyOf(scanner), copyOf((attributes["message"] ?? "").trim().slice(0, MAX_SKIP_LENGTH)));
  }

  private addTestCase(testCase: OpenElement): void {
    testCase.found.testCases = 1;
    if (testCase.isSkipped && testCase.found.problems === 0) return;
    this.testCaseCount += 1;
    const scanner = scannerOf(testCase);
    if (scanner !== "" && !this.scanners.has(scanner)) this.scanners.add(copyOf(scanner));
  }

  private addProblem(problem: OpenElement, testCase: OpenElement | undefined): XmlProblem | undefined {
    problem.found.problems = 1;
    const scanner = scannerOf(testCase);
    if (!isScannerError(problem)) this.countFailure(scanner);
    if (!this.isTold(problem)) return undefined;
    const text = this.texts.join("").trim();
    const message = (problem.attributes["message"] ?? "").trim() || text;
    if (message.length > MAX_SENTENCE_LENGTH) return LONG_SENTENCE;
    if (isScannerError(problem)) this.scannerErrors.push(this.makeError({ scanner, message }));
    else if (this.make !== undefined) {
      const caseName = testCase?.attributes["name"] ?? "";
      const type = problem.attributes["type"] ?? "";
      this.findings.push(this.make(findingOf({ scanner, caseName, type, message, text })));
    }
    if (this.scannerErrors.length > MAX_KINDS) return MANY_ERRORS;
    return this.findings.length > MAX_FINDINGS ? MANY_FINDINGS : undefined;
  }

  private countFailure(scanner: string): void {
    const count = this.failureCounts.get(scanner);
    this.failureCounts.set(count === undefined ? copyOf(scanner) : scanner, (count ?? 0) + 1);
  }

  private isTold(element: OpenElement): boolean {
    return isProblem(element.name) && !isSkip(element) && (this.make !== undefined || isScannerError(element));
  }
}

/** Of why a scanner was skipped the beginning is kept. */
const MAX_SKIP_LENGTH = 1_000;

const LONG_TEXT = { tooLarge: `ends a failure of more than ${MAX_PART_LENGTH} characters` };
const LONG_SENTENCE = { tooLarge: `ends a failure with a message of more than ${MAX_SENTENCE_LENGTH} characters` };
const MANY_FINDINGS = { tooLarge: `is where it has more than ${MAX_FINDINGS} findings` };
const MANY_ERRORS = { tooLarge: `is where it has more than ${MAX_KINDS} scanners that broke` };
const MANY_SCANNERS = { tooLarge: `is where it names more than ${MAX_KINDS} scanners` };

const typeOf = ({ attributes }: XmlElement): string => (attributes["type"] ?? "").trim().toLowerCase();

const isScannerError = (element: XmlElement): boolean => element.name === "error" || typeOf(element) === "error";

/** A failure of this type is how the service says it. */
const isSkip = (element: XmlElement): boolean =>
  element.name === "skipped" || (element.name === "failure" && typeOf(element) === "skipped");

function isProblem(name: string): boolean {
  return name === "failure" || name === "error";
}

/** `ssl` of `ssl.crashtest.cloud`. */
function scannerOf(testCase: OpenElement | undefined): string {
  return testCase?.attributes["classname"]?.split(".", 1)[0]?.trim() ?? "";
}

/** Only suites declare; failures and errors are compared as one sum, as a scanner that broke may be either. */
function declaresMore({ name, attributes, found }: OpenElement): boolean {
  if (name !== "testsuites" && name !== "testsuite") return false;
  const problems = wholeNumber(attributes["failures"]) + wholeNumber(attributes["errors"]);
  return wholeNumber(attributes["tests"]) > found.testCases || problems > found.problems + found.skips;
}

function wholeNumber(text: string | undefined): number {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
}
