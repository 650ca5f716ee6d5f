import { relative, sep } from "node:path";

import { TEST_PROJECTS, type TestProject } from "./arguments";

/** The parts of jest's `--json` output that are used here. */
export interface JestResults {
  testResults: readonly JestFile[];
}

export interface JestFile {
  /** Absolute path of the test file. */
  name: string;
  status: string;
  startTime: number;
  endTime: number;
  /** Why the file could not be run, if it has no results. */
  message: string;
  assertionResults: readonly { status: string; fullName: string }[];
}

export interface Tally {
  passed: number;
  /** Tests that failed, and files that could not be run at all. */
  failed: number;
  skipped: number;
  /** Total duration of the files. */
  durationMs: number;
  /** Where tests were skipped: file and name. */
  skippedNames: readonly string[];
}

/** The tests of the local service's page that need a browser. */
const BROWSER_TESTS = "local/tests/page/browser/";

const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, durationMs: 0, skippedNames: [] };

/** Counts results per jest project. A file outside their folders is an error. */
export function tallyByProject(results: JestResults, root: string): Map<TestProject, Tally> {
  const tallies = new Map<TestProject, Tally>();
  for (const file of results.testResults) {
    const path = pathIn(root, file.name);
    const project = projectOf(path);
    tallies.set(project, add(tallies.get(project) ?? NOTHING, tallyFile(file, path)));
  }
  return tallies;
}

/** Returns what `durations.json` keeps of a run, to order the next: the files that took a second or more. */
export function durationsOf(files: readonly JestFile[], root: string): Record<string, number> {
  const seconds = files.map(({ name, startTime, endTime }): [string, number] => [
    pathIn(root, name),
    Math.round((endTime - startTime) / 1_000),
  ]);
  return Object.fromEntries(seconds.filter(([, taken]) => taken >= 1).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    durationMs: one.durationMs + other.durationMs,
    skippedNames: [...one.skippedNames, ...other.skippedNames],
  };
}

/** Adds up several tallies; zeros if there are none. */
export function sum(tallies: Iterable<Tally>): Tally {
  return [...tallies].reduce(add, NOTHING);
}

const pathIn = (root: string, file: string): string => relative(root, file).split(sep).join("/");

function tallyFile(file: JestFile, path: string): Tally {
  const count = (status: string): number => file.assertionResults.filter((test) => test.status === status).length;
  const passed = count("passed");
  const failed = count("failed");
  const skippedTests = file.assertionResults.filter(({ status }) => status !== "passed" && status !== "failed");
  const couldNotRun = file.status === "failed" && failed === 0;
  return {
    passed,
    failed: couldNotRun ? 1 : failed,
    skipped: skippedTests.length,
    durationMs: Math.max(0, file.endTime - file.startTime),
    skippedNames: skippedTests.map(({ fullName }) => `${path}: ${fullName}`),
  };
}

function projectOf(path: string): TestProject {
  const project = path.startsWith("local/tests/")
    ? path.startsWith(BROWSER_TESTS)
      ? "browser"
      : "local"
    : TEST_PROJECTS.find((name) => path.startsWith(`tests/${name}/`));
  if (project === undefined) throw new Error(`the test file ${path} is not in a folder of any jest project`);
  return project;
}
