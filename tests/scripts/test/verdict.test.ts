import { TEST_PROJECTS, type TestProject } from "../../../scripts/test/arguments";
import { tallyByProject, type JestFile, type JestResults } from "../../../scripts/test/results";
import { judgeTests, type TestVerdict } from "../../../scripts/test/verdict";

const ROOT = "/checkout";
const whole = { projects: TEST_PROJECTS, isWholeRun: true };

function file(path: string, statuses: readonly string[], changes: Partial<JestFile> = {}): JestFile {
  return {
    name: `${ROOT}/${path}`,
    status: statuses.includes("failed") ? "failed" : "passed",
    startTime: 1_000,
    endTime: 3_000,
    message: "",
    assertionResults: statuses.map((status, index) => ({ status, fullName: `fact ${index}` })),
    ...changes,
  };
}

const FOLDERS: Partial<Record<TestProject, string>> = {
  local: "local/tests/http",
  browser: "local/tests/page/browser",
};
const folderOf = (project: TestProject): string => FOLDERS[project] ?? `tests/${project}`;
const good = TEST_PROJECTS.map((project) => file(`${folderOf(project)}/a.test.ts`, ["passed", "passed"]));

function judge(
  files: readonly JestFile[],
  selection: Parameters<typeof judgeTests>[1] = whole,
  exitCode = 0,
  isBrowserRequired = false,
): TestVerdict {
  const results: JestResults = { testResults: files };
  return judgeTests(tallyByProject(results, ROOT), selection, { exitCode, leftBehind: [], isBrowserRequired });
}

test("a good run ends with the engine tests and, alone on the last line, with all of them", () => {
  const { lines, exitCode } = judge([...good, file("tests/unit/b.test.ts", ["passed", "pending", "todo"])]);

  expect(exitCode).toBe(0);
  expect(lines.slice(-2)).toEqual(["engine tests: 2 passed, 0 failed, 0 skipped", "15 passed, 0 failed, 2 skipped"]);
  expect(lines).toContain("unit     3 passed, 0 failed, 2 skipped (4 s)");
  expect(lines).toContain("local    2 passed, 0 failed, 0 skipped (2 s)");
});

test("names each test that was skipped", () => {
  const { lines } = judge([...good, file("tests/unit/b.test.ts", ["passed", "pending"])]);

  expect(lines).toContain("  NOT RUN: tests/unit/b.test.ts: fact 1");
});

describe("ends badly and says why", () => {
  const without = (project: TestProject): JestFile[] =>
    good.filter(({ name }) => !name.startsWith(`${ROOT}/${folderOf(project)}/`));

  test.each<[string, readonly JestFile[], number, string, string]>([
    [
      "a test failed",
      [...good, file("tests/unit/b.test.ts", ["failed"])],
      1,
      "1 failed.",
      "14 passed, 1 failed, 0 skipped",
    ],
    [
      "a file could not be run",
      [...good, file("tests/unit/b.test.ts", [], { status: "failed", message: "Cannot find module" })],
      1,
      "1 failed.",
      "14 passed, 1 failed, 0 skipped",
    ],
    ["no engine test is there", without("engine"), 0, "no engine test ran", "12 passed, 0 failed, 0 skipped"],
    [
      "all engine tests were skipped",
      [...without("engine"), file("tests/engine/a.test.ts", ["pending"])],
      0,
      "no engine test ran",
      "12 passed, 0 failed, 1 skipped",
    ],
    [
      "one engine test was skipped",
      [...good, file("tests/engine/b.test.ts", ["passed", "pending"])],
      0,
      "engine tests skipped: 1",
      "15 passed, 0 failed, 1 skipped",
    ],
    [
      "a project has no tests",
      without("package"),
      0,
      'no test of the project "package" ran',
      "12 passed, 0 failed, 0 skipped",
    ],
    ["jest ended badly by itself", good, 1, "jest exited with code 1", "14 passed, 0 failed, 0 skipped"],
  ])("%s", (_name, files, jestExitCode, reason, closing) => {
    const { lines, exitCode } = judge(files, whole, jestExitCode);

    expect(exitCode).toBe(1);
    expect(lines.join("\n")).toContain(`NOT GOOD: ${reason}`);
    expect(lines.at(-1)).toBe(closing);
  });
});

test("a part of the projects may do without the engine, and says that not all ran", () => {
  const { lines, exitCode } = judge(good.slice(0, 1), { projects: ["unit"], isWholeRun: false });

  expect(exitCode).toBe(0);
  expect(lines).toContain("Not all tests ran: only unit, as requested.");
  expect(lines.join("\n")).not.toContain("engine tests");
  expect(lines.at(-1)).toBe("2 passed, 0 failed, 0 skipped");
});

test("a part of the projects with the engine holds the rule for the engine", () => {
  expect(judge(good.slice(0, 1), { projects: ["unit", "engine"], isWholeRun: false }).exitCode).toBe(1);
});

test("what was left in the temporary folder makes a run bad, and is named", () => {
  const end = { exitCode: 0, leftBehind: ["web-site-x1", "program-y2"], isBrowserRequired: false };
  const { lines, exitCode } = judgeTests(tallyByProject({ testResults: good }, ROOT), whole, end);

  expect(exitCode).toBe(1);
  expect(lines).toContain("NOT GOOD: left in the temporary folder: web-site-x1, program-y2.");
});

test("a test file outside the folders of the projects is an error", () => {
  expect(() => judge([file("tests/elsewhere/a.test.ts", ["passed"])])).toThrow("tests/elsewhere/a.test.ts");
});

describe("without a browser", () => {
  const withoutBrowser = [
    ...good.filter(({ name }) => !name.includes("/page/browser/")),
    file("local/tests/page/browser/a.test.ts", ["pending", "pending"]),
  ];

  test("the run is good, and says loudly what did not run and how to get a browser", () => {
    const { lines, exitCode } = judge(withoutBrowser);

    expect(exitCode).toBe(0);
    expect(lines.join("\n")).toContain("THE BROWSER TESTS DID NOT RUN (2 skipped)");
    expect(lines.join("\n")).toContain("apt-get install -y chromium");
    expect(lines.at(-1)).toBe("12 passed, 0 failed, 2 skipped");
  });

  test("the run is bad where they have to run", () => {
    const { lines, exitCode } = judge(withoutBrowser, whole, 0, true);

    expect(exitCode).toBe(1);
    expect(lines.join("\n")).toContain("NOT GOOD: browser tests skipped: 2");
    expect(lines.join("\n")).toContain("CRASHTEST_ALLOW_NO_BROWSER=1");
  });

  test("with one, nothing is said of it", () => {
    const { lines, exitCode } = judge(good, whole, 0, true);

    expect([exitCode, lines.join("\n").includes("BROWSER")]).toEqual([0, false]);
  });

  test("a run in which there is no such test at all is bad", () => {
    const { lines, exitCode } = judge(good.filter(({ name }) => !name.includes("/page/browser/")));

    expect([exitCode, lines.join("\n")]).toEqual([1, expect.stringContaining('no test of the project "browser" ran')]);
  });
});

test("says loudly that no program in Python ran, and why", () => {
  const results: JestResults = { testResults: good };
  const end = { exitCode: 0, leftBehind: [], isBrowserRequired: false };

  const { lines, exitCode } = judgeTests(tallyByProject(results, ROOT), whole, { ...end, noPythonReason: "no route" });

  expect(lines).toContain("NO PROGRAM IN PYTHON RAN: no route.");
  expect(exitCode).toBe(0);
});
