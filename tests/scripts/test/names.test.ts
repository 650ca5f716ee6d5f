import { compareNames, namesOf } from "../../../scripts/test/names";
import { durationsOf, type JestFile } from "../../../scripts/test/results";

const file = (name: string, fullNames: readonly string[], seconds = 0): JestFile => ({
  name,
  status: "passed",
  startTime: 1_000,
  endTime: 1_000 + seconds * 1_000,
  message: "",
  assertionResults: fullNames.map((fullName) => ({ status: "passed", fullName })),
});

test("a test is named alike in two checkouts", () => {
  const testsAt = (root: string): string[] =>
    namesOf({
      testResults: [file(`${root}/tests/unit/a.test.ts`, ["one", "two"]), file(`${root}/local/tests/b.test.ts`, ["x"])],
    });

  expect(testsAt("/before/checkout")).toEqual([
    "tests/unit/a.test.ts: one",
    "tests/unit/a.test.ts: two",
    "local/tests/b.test.ts: x",
  ]);
  expect(testsAt("/after")).toEqual(testsAt("/before/checkout"));
});

test("what has gone and what has come are told apart, and of a name that appears twice one that has gone is missed", () => {
  expect(compareNames(["a", "b", "b"], ["b", "c"])).toEqual({ gone: ["a", "b"], come: ["c"] });
  expect(compareNames(["a", "b"], ["b", "a"])).toEqual({ gone: [], come: [] });
});

test("durations are kept by path, in its order, of files that take a second or more", () => {
  const files = [
    file("/c/tests/b.test.ts", [], 2.4),
    file("/c/tests/a.test.ts", [], 61),
    file("/c/tests/c.test.ts", [], 0.4),
  ];

  expect(Object.entries(durationsOf(files, "/c"))).toEqual([
    ["tests/a.test.ts", 61],
    ["tests/b.test.ts", 2],
  ]);
});
