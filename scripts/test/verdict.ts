import { TEST_PROJECTS, type TestArguments, type TestProject } from "./arguments";
import { sum, type Tally } from "./results";

export interface TestVerdict {
  /** What to print at the end; the last line is the closing line, alone. */
  lines: readonly string[];
  exitCode: 0 | 1;
}

const MS_PER_SECOND = 1000;

/**
 * Judges a run: bad with a test that failed, without any test in a project that was asked for, with an engine test that
 * was skipped, or where jest itself ended badly.
 */
export function judgeTests(
  tallies: ReadonlyMap<TestProject, Tally>,
  { projects, isWholeRun }: Pick<TestArguments, "projects" | "isWholeRun">,
  jestExitCode: number | undefined,
): TestVerdict {
  const all = sum(tallies.values());
  const engine = tallies.get("engine") ?? sum([]);
  const problems = findProblems(tallies, projects, isWholeRun, jestExitCode);
  const notRun = all.skippedNames.map((name) => `  NOT RUN: ${name}`);
  const leftOut = isWholeRun ? [] : [`Not all tests ran: only ${projects.join(", ")}, as asked for.`];
  return {
    lines: [
      "",
      ...TEST_PROJECTS.flatMap((name) => formatProject(name, tallies.get(name))),
      ...notRun,
      ...leftOut,
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
    const empty = projects.filter((name) => name !== "engine" && isEmpty(tallies.get(name)));
    problems.push(...empty.map((name) => `no test of the project "${name}" ran.`));
  }
  if (projects.includes("engine")) {
    if (isEmpty(engine)) problems.push("no engine test ran, so nothing is known about the real engine.");
    if (engine.skipped > 0) problems.push(`${engine.skipped} of the engine tests skipped; none of them may be.`);
  }
  if (all.failed === 0 && jestExitCode !== 0) {
    problems.push(`jest ended with ${jestExitCode === undefined ? "a signal" : `code ${jestExitCode}`}.`);
  }
  return problems;
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
