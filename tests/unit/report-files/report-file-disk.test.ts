import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import files from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeAtomically } from "../../../report-files/report-file";
import { temporaryReportPath } from "../../../report-files/temporary-report";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), "crashtest-test-"));
  path = join(folder, "report.xml");
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const REPORT = "x".repeat(1024 * 1024);

const writing = async (file: Writable): Promise<number> => {
  await pipeline(Readable.from([Buffer.from(REPORT)]), file);
  return REPORT.length;
};

const DISK_FULL = {
  code: "ARGUMENT_INVALID",
  message: expect.stringMatching(
    /^Could not write \/.*\/report\.xml: the disk is full \(ENOSPC\)\. Free some space, or use a path on another disk\.$/,
  ) as string,
};

const systemError = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: something, ${syscall}`), { code, syscall, errno: -1 });

/** Hands out what is opened, changed. */
function openingChanged(change: (handle: files.FileHandle) => Promise<files.FileHandle> | files.FileHandle): void {
  const { open } = files;
  jest.spyOn(files, "open").mockImplementation(async (...args) => change(await open(...args)));
}

describe("on a full disk the old file stays whole and nothing is left beside it:", () => {
  beforeEach(() => {
    writeFileSync(path, "old");
  });

  afterEach(() => {
    expect(readdirSync(folder)).toEqual(["report.xml"]);
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test("where a write says so, as on the system's own full device", async () => {
    const { open } = files;
    openingChanged(async (handle) => {
      await handle.close();
      return Object.assign(await open("/dev/full", "w"), { chmod: () => Promise.resolve() });
    });

    await expect(writeAtomically(path, writing)).rejects.toMatchObject(DISK_FULL);
  });

  test.each(["sync", "close"] as const)("where only its %s says so", async (operation) => {
    openingChanged((handle) => {
      const close = handle.close.bind(handle);
      return Object.assign(handle, {
        [operation]: async () => {
          if (operation === "close") await close();
          throw systemError("ENOSPC", "fsync");
        },
      });
    });

    await expect(writeAtomically(path, writing)).rejects.toMatchObject(DISK_FULL);
  });

  test("where it has no place for one more name", async () => {
    jest.spyOn(files, "open").mockRejectedValue(systemError("ENOSPC", "open"));
    const write = jest.fn(writing);

    await expect(writeAtomically(path, write)).rejects.toMatchObject(DISK_FULL);
    expect(write).not.toHaveBeenCalled();
  });
});

test.each([
  ["EDQUOT", "the disk quota is exceeded (EDQUOT). Free some space"],
  ["EROFS", "its folder is read-only (EROFS). Use a writable folder."],
  ["EACCES", "this process has no permission to write in its folder (EACCES). Give the user"],
  ["EIO", "EIO: something, open (EIO). The path must be"],
])("%s is said in words, with what to do", async (code, text) => {
  jest.spyOn(files, "open").mockRejectedValue(systemError(code, "open"));

  await expect(writeAtomically(path, writing)).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining(text) as string,
  });
});

test("where also the file beside it cannot be removed, the error is the one that led there", async () => {
  jest.spyOn(files, "rm").mockRejectedValue(systemError("EROFS", "rm"));
  jest.spyOn(files, "rename").mockRejectedValue(systemError("EIO", "rename"));

  await expect(writeAtomically(path, writing)).rejects.toThrow("(EIO)");
});

test("an error of who writes goes on as it is, also one with a system's code", async () => {
  const failure = Object.assign(new Error("the network said no"), { code: "ENOENT" });

  await expect(writeAtomically(path, () => Promise.reject(failure))).rejects.toBe(failure);
});

test("an error of the file that nobody hears, since who writes gave up, ends no process", async () => {
  const givingUp = async (file: Writable): Promise<number> => {
    const closed = new Promise((resolve) => file.once("close", resolve));
    file.destroy(systemError("ENOSPC", "write"));
    await closed;
    throw new Error("gave up");
  };

  await expect(writeAtomically(path, givingUp)).rejects.toThrow("gave up");
});

test("a file is opened with the mode that it keeps", async () => {
  const modes: number[] = [];
  openingChanged(async (handle) => {
    modes.push((await handle.stat()).mode & 0o777);
    return handle;
  });

  await writeAtomically(path, writing);

  expect(modes).toEqual([0o600]);
});

/** Root may write anywhere, so that it has to become somebody else. */
const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;

test("a folder that this process may not write in is refused before the service is asked", async () => {
  const write = jest.fn(writing);
  chmodSync(folder, 0o555);
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await expect(writeAtomically(path, write)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("this process has no permission to write in its folder (EACCES)") as string,
    });
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }

  expect(write).not.toHaveBeenCalled();
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder for temporary files that cannot be used is said", () => {
  const missing = join(folder, "missing");
  jest.spyOn(os, "tmpdir").mockReturnValue(missing);

  expect(() => temporaryReportPath("report.pdf")).toThrow(
    expect.objectContaining({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining(`Could not write a temporary folder in ${missing}: `) as string,
    }) as Error,
  );
});

/** Mounts a small disk in memory on a folder; who runs the tests has to be allowed to. */
function mount(disk: string, options: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk], { stdio: "pipe" });
}

const unmount = (disk: string): Buffer => execFileSync("umount", [disk], { stdio: "pipe" });

function whyNoMount(): string | undefined {
  const disk = mkdtempSync(join(os.tmpdir(), "crashtest-test-"));
  try {
    mount(disk, "size=64k");
    unmount(disk);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(disk, { recursive: true });
  }
}

describe("on a real disk", () => {
  const reason = whyNoMount();
  const onDisk = reason === undefined ? test : test.skip;
  const note = reason === undefined ? "" : " (DID NOT RUN: mounting a disk is not allowed here)";
  if (reason !== undefined) console.warn(`The tests on a real full disk DID NOT RUN: ${reason}`);

  let disk: string;
  beforeEach(() => {
    disk = join(folder, "disk");
    mkdirSync(disk);
  });

  onDisk.each([
    ["bytes", "size=64k,mode=755"],
    ["names", "nr_inodes=2,mode=755"],
  ])(`without %s left the old file stays whole, and nothing is left beside it${note}`, async (_what, options) => {
    mount(disk, options);
    try {
      writeFileSync(join(disk, "report.xml"), "old");

      await expect(writeAtomically(join(disk, "report.xml"), writing)).rejects.toMatchObject(DISK_FULL);

      expect(readdirSync(disk)).toEqual(["report.xml"]);
      expect(readFileSync(join(disk, "report.xml"), "utf8")).toBe("old");
    } finally {
      unmount(disk);
    }
  });

  onDisk(`that can only be read, nothing is written, and that is said${note}`, async () => {
    mount(disk, "ro");
    try {
      await expect(writeAtomically(join(disk, "report.xml"), writing)).rejects.toThrow("its folder is read-only");
    } finally {
      unmount(disk);
    }
  });
});
