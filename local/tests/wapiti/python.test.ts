import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { candidatesOn, findPython, parseProbe, wapitiVersionFor } from "../../src/scanners/wapiti/python";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crashtest-python-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function putProgram(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

describe("wapitiVersionFor", () => {
  it.each([
    [2, 7, undefined],
    [3, 9, undefined],
    [3, 10, "3.2.3"],
    [3, 12, "3.2.3"],
    [3, 13, "3.3.2"],
    [3, 14, undefined],
    [4, 11, undefined],
  ])("Python %d.%d takes %s", (major, minor, version) => {
    expect(wapitiVersionFor(major, minor)).toBe(version);
  });
});

describe("parseProbe", () => {
  it.each([
    ["3 11 /usr/bin/python3\n", { path: "/usr/bin/python3", wapitiVersion: "3.2.3" }],
    ["a banner\n3 13 /opt/my python/bin/python3", { path: "/opt/my python/bin/python3", wapitiVersion: "3.3.2" }],
    ["3 9 /usr/bin/python3", undefined],
    ["3 11 ", undefined],
    ["", undefined],
  ])("reads %p", (output, python) => {
    expect(parseProbe(output)).toEqual(python);
  });
});

describe("candidatesOn", () => {
  it("tries the first name in all folders before the next, and no folder that is relative", () => {
    const there = ["/b/python3", "/a/python3.12", "bin/python3"];

    expect(candidatesOn("/a:bin:/b:/b", ["python3", "python3.12"], (file) => there.includes(file))).toEqual([
      "/b/python3",
      "/a/python3.12",
    ]);
  });
});

describe("findPython", () => {
  it("passes over names that do not run, or run something too old", async () => {
    await putProgram("python3", "echo not installed >&2; exit 127");
    await putProgram("python3.12", "echo 3 8 /usr/bin/python3.8");
    await putProgram("python3.11", "echo 3 11 /usr/bin/python3.11");

    expect(await findPython({ PATH: folder })).toEqual({ path: "/usr/bin/python3.11", wapitiVersion: "3.2.3" });
  });

  it("finds none where none fits", async () => {
    await putProgram("python3", "exit 1");

    expect(await findPython({ PATH: folder })).toBeUndefined();
    expect(await findPython({})).toBeUndefined();
  });
});
