import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { writeAtomically } from "../../../report-files/report-file";
import { writing } from "./report-writing";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crashtest-test-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const failing = async (file: Writable): Promise<number> => {
  await new Promise((written) => file.write("half of a rep", written));
  throw new Error("broke off");
};

test("a report is at its path, whole, and readable by its owner only", async () => {
  const path = join(folder, "report.xml");

  expect(await writeAtomically(path, writing("<testsuites/>"))).toBe(13);

  expect(readFileSync(path, "utf8")).toBe("<testsuites/>");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["report.xml"]);
});

test("an old file is replaced, and so is its mode", async () => {
  const path = join(folder, "report.xml");
  writeFileSync(path, "a longer report of the last time", { mode: 0o644 });

  await writeAtomically(path, writing("new"));

  expect(readFileSync(path, "utf8")).toBe("new");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("the old file stays at its path until the new one is whole", async () => {
  const path = join(folder, "report.xml");
  writeFileSync(path, "old");
  let meanwhile = "";

  await writeAtomically(path, async (file) => {
    await new Promise((written) => file.write("ne", written));
    meanwhile = readFileSync(path, "utf8");
    return writing("w")(file);
  });

  expect(meanwhile).toBe("old");
});

test("what is written is readable by its owner only from the first byte on", async () => {
  const modes: number[] = [];

  await writeAtomically(join(folder, "report.xml"), async (file) => {
    await new Promise((written) => file.write("secret", written));
    modes.push(...readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777));
    return writing("")(file);
  });

  expect(modes).toEqual([0o600]);
});

test("a write that fails leaves neither the file nor the one beside it", async () => {
  await expect(writeAtomically(join(folder, "report.xml"), failing)).rejects.toThrow("broke off");

  expect(readdirSync(folder)).toEqual([]);
});

test("a write that fails keeps the old file", async () => {
  const path = join(folder, "report.xml");
  writeFileSync(path, "old");

  await expect(writeAtomically(path, failing)).rejects.toThrow("broke off");

  expect(readdirSync(folder)).toEqual(["report.xml"]);
  expect(readFileSync(path, "utf8")).toBe("old");
});

test("a write that is given up before its first byte leaves nothing, and closes its file", async () => {
  let file: Writable | undefined;
  const refused = writeAtomically(join(folder, "report.xml"), (stream) => {
    file = stream;
    return Promise.reject(new Error("refused"));
  });

  await expect(refused).rejects.toThrow("refused");

  expect(file?.destroyed).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, (folder: string) => string, RegExp]>([
  ["in a folder that is not there", (at) => join(at, "missing", "report.xml"), /the folder .*missing does not exist\./],
  ["below a file", (at) => join(at, "file", "report.xml"), /the folder .*file does not exist\./],
  ["that is a folder", (at) => join(at, "sub"), /it is a folder/],
  ["with a name of 256 bytes", (at) => join(at, "r".repeat(256)), /its name is too long/],
])("a path %s is refused, and nothing is left there", async (_what, pathIn, problem) => {
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "sub"));
  const path = pathIn(folder);

  await expect(writeAtomically(path, writing("x"))).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringMatching(problem) as string,
  });

  expect(readdirSync(folder).sort()).toEqual(["file", "sub"]);
  expect(readdirSync(join(folder, "sub"))).toEqual([]);
});

test("a path in a folder that takes no files is refused before the service is asked", async () => {
  const write = jest.fn(writing("x"));

  await expect(writeAtomically("/proc/self/fd/report.xml", write)).rejects.toMatchObject({ code: "ARGUMENT_INVALID" });

  expect(write).not.toHaveBeenCalled();
});

test("a path that cannot be taken is refused before the service is asked", async () => {
  mkdirSync(join(folder, "sub"));
  const write = jest.fn(writing("x"));

  await expect(writeAtomically(join(folder, "sub"), write)).rejects.toThrow("it is a folder");
  await expect(writeAtomically(join(folder, "r".repeat(256)), write)).rejects.toThrow("its name is too long");

  expect(write).not.toHaveBeenCalled();
});

test("a file name of the greatest length that the file system takes can be written", async () => {
  const path = join(folder, "r".repeat(255));

  await writeAtomically(path, writing("x"));

  expect(readdirSync(folder)).toEqual(["r".repeat(255)]);
});

describe("a report of a run without a path", () => {
  /** Makes one, prints whether it is there, and goes on; gives what was printed, and the signal that ended the process. */
  const run = async (goOn: string): Promise<{ path: string; isThere: boolean[]; signal: unknown }> => {
    const program = join(folder, "program.ts");
    writeFileSync(
      program,
      `import { existsSync, writeFileSync } from "node:fs";
       import { temporaryReportPath } from ${JSON.stringify(resolve("report-files/temporary-report.ts"))};
       const path = temporaryReportPath("report.pdf");
       writeFileSync(path, "x");
       console.log(path);
       const tell = () => console.log(existsSync(path));
       tell();
       ${goOn}`,
    );
    const ended = await promisify(execFile)(process.execPath, ["--import", "tsx", program]).catch(
      (error: unknown) => error as { stdout: string; signal?: string },
    );
    const [path = "", ...isThere] = ended.stdout.trim().split("\n");
    return {
      path,
      isThere: isThere.map((text) => text === "true"),
      signal: "signal" in ended ? ended.signal : undefined,
    };
  };

  test("is gone when the process ends", async () => {
    const { path, isThere } = await run("");

    expect(isThere).toEqual([true]);
    expect(existsSync(dirname(path))).toBe(false);
  });

  test.each(["SIGINT", "SIGKILL"])("is gone soon after %s has ended the process", async (name) => {
    const { path, isThere, signal } = await run(`setInterval(tell, 60_000); process.kill(process.pid, "${name}");`);

    expect([isThere, signal]).toEqual([[true], name]);
    for (let tries = 0; existsSync(dirname(path)) && tries < 300; tries += 1) await sleep(100);
    expect(existsSync(dirname(path))).toBe(false);
  });
});
