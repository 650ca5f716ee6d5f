import { TEST_PROJECTS, type TestArguments, type TestProject } from "./arguments";
import { HOW_TO_GET_A_BROWSER } from "./browser";
import { sum, type Tally } from "./results";

export interface TestVerdict {
  /** What to print at the end; the last line is the closing line, alone. */
  lines: readonly string[];
  exitCode: 0 | 1;
}

const MS_PER_SECOND = 1000;

/** How a run ended, apart from the results of the tests. */
export interface RunEnd {
  /** Undefined if a signal ended jest. */
  exitCode: number | undefined;
  /** What the tests left in their temporary folder. */
  leftBehind: readonly string[];
  isBrowserRequired: boolean;
  /** Why programs in Python could not be run; undefined if they could, or were not to be. */
  noPythonReason?: string | undefined;
}

/**
 * Judges a run. It fails if a test failed, a requested project ran no test, an engine test was skipped, a browser test was
 * skipped although they must run, something was left behind, or jest itself failed.
 */
export function judgeTests(
  tallies: ReadonlyMap<TestProject, Tally>,
  { projects, isWholeRun }: Pick<TestArguments, "projects" | "isWholeRun">,
  { exitCode, leftBehind, isBrowserRequired, noPythonReason }: RunEnd,
): TestVerdict {
  const all = sum(tallies.values());
  const engine = tallies.get("engine") ?? sum([]);
  const browser = tallies.get("browser") ?? sum([]);
  const problems = [
    ...findProblems(tallies, projects, isWholeRun, exitCode),
    ...(leftBehind.length > 0 ? [`left in the temporary folder: ${leftBehind.join(", ")}.`] : []),
    ...(isBrowserRequired ? browserProblems(browser) : []),
  ];
  const notRun = all.skippedNames.map((name) => `  NOT RUN: ${name}`);
  const leftOut = isWholeRun ? [] : [`Not all tests ran: only ${projects.join(", ")}, as requested.`];
  return {
    lines: [
      "",
      ...TEST_PROJECTS.flatMap((name) => formatProject(name, tallies.get(name))),
      ...notRun,
      ...leftOut,
      ...browserWarning(browser),
      ...(noPythonReason === undefined ? [] : [`NO PROGRAM IN PYTHON RAN: ${noPythonReason}.`]),
      ...problems.map((problem) => `NOT GOOD: ${problem}`),
      ...(projects.includes("engine") ? [`engine tests: ${formatCounts(engine)}`] : []),
      formatCounts(all),
    ],
    exitCode: problems.length > 0 ? 1 : 0,
  };
}

function findProblems(
  tallies: ReadonlyMap<TestProject, Tally>,
  projects: readonly TestProject[],
  isWholeRun: boolean,
  jestExitCode: number | undefined,
): string[] {
  const all = sum(tallies.values());
  const engine = tallies.get("engine") ?? sum([]);
  const problems: string[] = [];
  if (all.failed > 0) problems.push(`${all.failed} failed.`);
  if (isWholeRun) {
    const empty = projects.filter(
      (name) => name !== "engine" && isEmpty(tallies.get(name)) && !isWithoutBrowser(name, tallies),
    );
    problems.push(...empty.map((name) => `no test of the project "${name}" ran.`));
  }
  if (projects.includes("engine")) {
    if (isEmpty(engine)) problems.push("no engine test ran, so nothing is known about the real engine.");
    if (engine.skipped > 0) problems.push(`engine tests skipped: ${engine.skipped}; none may be.`);
  }
  if (all.failed === 0 && jestExitCode !== 0) {
    problems.push(`jest exited with ${jestExitCode === undefined ? "a signal" : `code ${jestExitCode}`}.`);
  }
  return problems;
}

/** Without a browser all tests that need one are skipped, which is reported separately. */
function isWithoutBrowser(name: TestProject, tallies: ReadonlyMap<TestProject, Tally>): boolean {
  return name === "browser" && (tallies.get(name)?.skipped ?? 0) > 0;
}

function browserWarning({ skipped }: Tally): string[] {
  if (skipped === 0) return [];
  return [
    `THE BROWSER TESTS DID NOT RUN (${skipped} skipped): nothing is known about the page of the local service.`,
    `  To run them, ${HOW_TO_GET_A_BROWSER}.`,
  ];
}

function browserProblems({ skipped }: Tally): string[] {
  if (skipped === 0) return [];
  return [`browser tests skipped: ${skipped}; if no browser is available, set CRASHTEST_ALLOW_NO_BROWSER=1.`];
}

function isEmpty(tally: Tally | undefined): boolean {
  return tally === undefined || tally.passed + tally.failed === 0;
}

function formatProject(name: TestProject, tally: Tally | undefined): string[] {
  if (!tally) return [];
  return [`${name.padEnd(8)} ${formatCounts(tally)} (${Math.round(tally.durationMs / MS_PER_SECOND)} s)`];
}

function formatCounts({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
