import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFolderOf, makeFolderOf, realFolderOf } from "../../../report-files/report-file";

let around: string;
let folder: string;
let outside: string;

beforeEach(() => {
  around = realpathSync(mkdtempSync(join(tmpdir(), "crashtest-test-")));
  folder = join(around, "reports");
  outside = join(around, "outside");
  mkdirSync(join(folder, "sub"), { recursive: true });
  mkdirSync(outside);
});

afterEach(() => {
  rmSync(around, { recursive: true });
});

const placed = (name: string, named = folder): Promise<string> =>
  realFolderOf({ path: join(named, name), folder: named });

test("a file's folder is told by its real path", async () => {
  expect(await placed("report.pdf")).toBe(folder);
  expect(await placed("sub/report.pdf")).toBe(join(folder, "sub"));
  mkdirSync(join(folder, "..sub"));
  expect(await placed("..sub/report.pdf")).toBe(join(folder, "..sub"));
});

test("a folder that is itself a link is the one that it leads to", async () => {
  symlinkSync(folder, join(around, "current"));

  expect(await placed("sub/report.pdf", join(around, "current"))).toBe(join(folder, "sub"));
});

test("links on the way may lead about inside the folder", async () => {
  symlinkSync("sub", join(folder, "latest"));
  symlinkSync("..", join(folder, "sub", "top"));

  expect(await placed("latest/report.pdf")).toBe(join(folder, "sub"));
  expect(await placed("sub/top/report.pdf")).toBe(folder);
});

test.each<[string, (at: string) => string]>([
  ["to a folder outside", () => outside],
  ["to the folder around", () => ".."],
  ["to a folder whose name begins like its own", (at) => `${at}-2`],
  ["to the root", () => "/"],
])("a link on the way %s is refused, with where it leads", async (_what, target) => {
  mkdirSync(`${folder}-2`);
  symlinkSync(target(folder), join(folder, "way"));

  await expect(placed("way/report.pdf")).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining(`a link in the path leads out of ${folder}, to /`) as string,
  });
});

test("a link on the way is refused also behind one that leads inside", async () => {
  symlinkSync("sub", join(folder, "inner"));
  symlinkSync(outside, join(folder, "sub", "outer"));

  await expect(placed("inner/outer/report.pdf")).rejects.toThrow("leads out of");
});

test("a link at the path itself may lead anywhere, or nowhere, since it is replaced", async () => {
  symlinkSync(join(outside, "victim"), join(folder, "report.pdf"));
  symlinkSync(outside, join(folder, "report.xml"));

  expect(await placed("report.pdf")).toBe(folder);
  expect(await placed("report.xml")).toBe(folder);
});

test.each<[string, string, RegExp]>([
  ["in a folder that is not there", "missing/report.pdf", /the folder .*\/reports\/missing does not exist\. The path/],
  ["below a file", "file/report.pdf", /the folder .*\/reports\/file does not exist\./],
  ["below a folder below a file", "file/sub/report.pdf", /the folder .*\/reports\/file\/sub does not exist\./],
  ["below a link to nowhere", "nowhere/report.pdf", /the folder .*\/reports\/nowhere does not exist\./],
  ["below a link to itself", "loop/report.pdf", /it contains a link that leads back to itself \(ELOOP\)/],
  ["that is a folder", "sub", /it is a folder\./],
  ["that is a pipe", "pipe", /it is a device, a pipe or a socket\./],
  ["whose name has 256 bytes", "r".repeat(256), /its name is too long \(ENAMETOOLONG\)\. Use a shorter name/],
  ["whose name has 128 letters of 2 bytes", "ü".repeat(128), /its name is too long \(ENAMETOOLONG\)/],
])("a path %s is refused", async (_what, name, problem) => {
  writeFileSync(join(folder, "file"), "");
  symlinkSync("gone", join(folder, "nowhere"));
  symlinkSync("loop", join(folder, "loop"));
  execFileSync("mkfifo", [join(folder, "pipe")]);

  await expect(placed(name)).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringMatching(problem) as string,
  });
});

test.each(["missing", "file"])("a named folder that is none (%s) is refused", async (name) => {
  writeFileSync(join(around, "file"), "");

  await expect(placed("report.pdf", join(around, name))).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining(`the folder ${join(around, name)} does not exist`) as string,
  });
});

test("a device is not replaced by a report", async () => {
  await expect(realFolderOf({ path: "/dev/null", folder: "/dev" })).rejects.toThrow("it is a device");
});

describe("a folder that is missing", () => {
  const placeOf = (name: string, named = folder) => ({ path: join(named, name), folder: named });

  test.each<[string, () => { path: string; folder: string }, string]>([
    ["below the named one", () => placeOf("a/b/report.pdf"), "reports/a/b"],
    ["that is the named one", () => placeOf("report.pdf", join(around, "x", "y")), "x/y"],
    ["below a link that stays inside", () => placeOf("latest/a/report.pdf"), "reports/sub/a"],
    ["whose name the file has too", () => placeOf("report/report"), "reports/report"],
    ["that is there already", () => placeOf("sub/report.pdf"), "reports/sub"],
  ])("%s is made, and told by its real path", async (_which, place, made) => {
    symlinkSync("sub", join(folder, "latest"));

    await makeFolderOf(place());

    expect(await realFolderOf(place())).toBe(join(around, made));
  });

  test.each([
    ["a link to a folder outside", "way/a/report.pdf", "leads out of"],
    ["a link to nowhere", "nowhere/a/report.pdf", "does not exist"],
    ["a file", "file/a/report.pdf", "does not exist"],
  ])("is not made behind %s", async (_what, name, problem) => {
    symlinkSync(outside, join(folder, "way"));
    symlinkSync(join(outside, "gone"), join(folder, "nowhere"));
    writeFileSync(join(folder, "file"), "");

    await expect(makeFolderOf(placeOf(name))).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining(problem) as string,
    });

    expect(readdirSync(outside)).toEqual([]);
  });

  test("is fine where nothing is to be made, but not behind a link that leads outside", async () => {
    symlinkSync(outside, join(folder, "way"));

    await checkFolderOf(placeOf("a/b/report.pdf"));
    await checkFolderOf(placeOf("report.pdf", join(around, "x")));
    await expect(checkFolderOf(placeOf("way/a/report.pdf"))).rejects.toThrow("leads out of");
    await expect(checkFolderOf(placeOf("sub"))).rejects.toThrow("it is a folder");

    expect([existsSync(join(folder, "a")), existsSync(join(around, "x"))]).toEqual([false, false]);
  });

  test("that cannot be made is an error of its own", async () => {
    await expect(makeFolderOf(placeOf("report.pdf", "/proc/crashtest"))).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
    });
  });
});
