import LongestFirst from "../../../scripts/test/longest-first";

type Tests = Parameters<LongestFirst["sort"]>[0];
interface File {
  project: string;
  path: string;
  size: number;
}

/** As on a fresh clone, where jest knows the sizes of the files and no durations. */
function sort(files: readonly File[]): string[] {
  const tests = files.map(({ project, path, size }) => ({
    path,
    context: { config: { cache: false, displayName: { name: project } }, hasteFS: { getSize: () => size } },
  }));
  const sequencer = new LongestFirst({ contexts: [], globalConfig: {} } as never);
  return sequencer.sort(tests as unknown as Tests).map(({ path }) => path);
}

test("starts engine tests before larger files of the other projects, and larger files first within a project", () => {
  const paths = sort([
    { project: "unit", path: "large unit", size: 9_000 },
    { project: "local", path: "larger local", size: 9_500 },
    { project: "scripts", path: "scripts", size: 10 },
    { project: "engine", path: "small engine", size: 100 },
    { project: "package", path: "package", size: 50 },
    { project: "browser", path: "browser", size: 5 },
    { project: "engine", path: "large engine", size: 200 },
  ]);

  expect(paths).toEqual([
    "large engine",
    "small engine",
    "browser",
    "package",
    "scripts",
    "larger local",
    "large unit",
  ]);
});
