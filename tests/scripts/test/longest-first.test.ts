import { resolve } from "node:path";
import LongestFirst from "../../../scripts/test/longest-first";

jest.mock("../../../scripts/test/durations.json", () => ({
  "tests/engine/long.test.ts": 90,
  "tests/engine/short.test.ts": 3,
  "local/tests/wapiti/real.test.ts": 70,
}));

type Tests = Parameters<LongestFirst["sort"]>[0];
interface File {
  project: string;
  path: string;
  size?: number;
}

/** As on a fresh clone, where jest itself knows the sizes of the files alone. */
function sort(files: readonly File[]): string[] {
  const tests = files.map(({ project, path, size = 100 }) => ({
    path: resolve(__dirname, "../../..", path),
    context: { config: { cache: false, displayName: { name: project } }, hasteFS: { getSize: () => size } },
  }));
  const sequencer = new LongestFirst({ contexts: [], globalConfig: {} } as never);
  const sorted = sequencer.sort(tests as unknown as Tests).map(({ path }) => path);
  return sorted.map((path) => files.find((file) => path.endsWith(file.path))?.path ?? path);
}

test("starts what took longest in an earlier run first, whatever its project and its size", () => {
  const paths = sort([
    { project: "engine", path: "tests/engine/short.test.ts", size: 9_000 },
    { project: "local", path: "local/tests/wapiti/real.test.ts" },
    { project: "engine", path: "tests/engine/long.test.ts" },
  ]);

  expect(paths).toEqual(["tests/engine/long.test.ts", "local/tests/wapiti/real.test.ts", "tests/engine/short.test.ts"]);
});

test("takes an engine test that is new for a long one, and unit tests for short ones, larger files first", () => {
  const paths = sort([
    { project: "unit", path: "tests/unit/small.test.ts" },
    { project: "unit", path: "tests/unit/large.test.ts", size: 200 },
    { project: "engine", path: "tests/engine/short.test.ts" },
    { project: "browser", path: "local/tests/page/browser/new.test.ts" },
    { project: "engine", path: "tests/engine/new.test.ts" },
  ]);

  expect(paths).toEqual([
    "tests/engine/new.test.ts",
    "local/tests/page/browser/new.test.ts",
    "tests/engine/short.test.ts",
    "tests/unit/large.test.ts",
    "tests/unit/small.test.ts",
  ]);
});
