import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");
const HOSTS = 2;

/** Whether a test in a file has a title. */
const hasTest = (file: string, title: string): boolean =>
  title !== "" &&
  existsSync(join(ROOT, file)) &&
  readFileSync(join(ROOT, file), "utf8").includes(JSON.stringify(title));

/** The rows of the page's tables: a promise, and a cell for each host. */
const rows = readFileSync(join(ROOT, "docs/promises.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (promise|---) \|/.test(line))
  .map((line) => line.slice(2, -2).split(" | "));

/** The tests that a cell names, by file and title: in whole, as the file has it. */
const namedIn = (cell: string): [string, string][] =>
  cell.split("; [").map((part) => {
    const [, file = "", name = ""] = /\]\(\.\.\/(tests\/[\w/-]+\.test\.ts)\): (.+)$/.exec(part) ?? [];
    return [file, name];
  });

test("each promise has a test for each host", () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter((cells) => cells.length !== 1 + HOSTS)).toEqual([]);
});

test("the tests that the page names exist", () => {
  const named = rows.flatMap(([, ...cells]) => cells.flatMap(namedIn));

  expect(named.filter(([file, title]) => !hasTest(file, title))).toEqual([]);
});
