import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTimeOf, withLock, type LockOptions } from "../../src/scanners/wapiti/install-lock";

let folder: string;
let lockPath: string;
let waits: number[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crashtest-lock-"));
  lockPath = join(folder, "x.lock");
  waits = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function lock(checkWait: () => void = () => undefined): LockOptions {
  return { lockPath, checkWait, onWait: ({ pid }) => waits.push(pid) };
}

async function pidOfDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await new Promise((resolve) => child.once("close", resolve));
  return child.pid ?? 0;
}

describe("withLock", () => {
  it("lets one in at a time, and leaves nothing behind", async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };

    await Promise.all([1, 2, 3].map(() => withLock(lock(), work)));

    expect(most).toBe(1);
    expect(waits).toContain(process.pid);
    expect(await readdir(folder)).toEqual([]);
  });

  it("names its owner by number and start time while it is held", async () => {
    const held = await withLock(lock(), () => readFile(lockPath, "utf8"));

    expect(held).toBe(`${process.pid} ${(await startTimeOf(process.pid)) ?? "?"}`);
  });

  it.each([
    ["a process that is gone", async () => `${await pidOfDeadProcess()} 1`],
    ["an earlier process with the number of a living one", () => Promise.resolve(`${process.pid} long ago`)],
    ["nobody that can be told", () => Promise.resolve("")],
  ])("takes over the lock of %s", async (_case, owner) => {
    await writeFile(lockPath, await owner());

    expect(await withLock(lock(), () => Promise.resolve("done"))).toBe("done");
    expect(await readdir(folder)).toEqual([]);
  });

  it("lets several take over a dead owner's lock without letting two in", async () => {
    await writeFile(lockPath, `${await pidOfDeadProcess()} 1`);
    let inside = 0;
    const seen: number[] = [];

    const work = async (): Promise<void> => {
      seen.push(++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4, 5].map(() => withLock(lock(), work)));

    expect(seen).toEqual([1, 1, 1, 1, 1]);
  });

  it("gets past somebody who was killed while taking a lock over", async () => {
    await writeFile(lockPath, `${await pidOfDeadProcess()} 1`);
    await writeFile(`${lockPath}.breaking`, "");
    await utimes(`${lockPath}.breaking`, 0, 0);

    expect(await withLock(lock(), () => Promise.resolve("done"))).toBe("done");
  });

  it("ends the waiting where it is told to", async () => {
    await writeFile(lockPath, `${process.pid} ${(await startTimeOf(process.pid)) ?? ""}`);
    const stop = (): void => {
      throw new Error("waited long enough");
    };

    await expect(withLock(lock(stop), () => Promise.resolve())).rejects.toThrow("waited long enough");
  });

  it("frees the lock where the work fails", async () => {
    await expect(withLock(lock(), () => Promise.reject(new Error("no")))).rejects.toThrow("no");

    expect(await readdir(folder)).toEqual([]);
  });
});
