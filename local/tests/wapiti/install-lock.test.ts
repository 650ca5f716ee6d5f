import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { withLock, type LockOptions } from "../../src/scanners/wapiti/install-lock";

let folder: string;
let lockPath: string;
let waits: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crashtest-lock-"));
  lockPath = join(folder, "x.lock");
  waits = 0;
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function lock(checkWait: () => void = () => undefined): LockOptions {
  return { lockPath, checkWait, onWait: () => (waits += 1) };
}

/** A process that holds the lock until it is killed. */
async function startHolder(): Promise<() => Promise<unknown>> {
  const program = `
    const { withLock } = require(${JSON.stringify(resolve("local/src/scanners/wapiti/install-lock.ts"))});
    withLock({ lockPath: ${JSON.stringify(lockPath)} }, () => new Promise(() => {
      console.log("held");
      setInterval(() => undefined, 60_000);
    }));`;
  const holder = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TSX_DISABLE_CACHE: "1" },
  });
  await once(holder.stdout, "data");
  return async () => {
    const ended = once(holder, "close");
    holder.kill("SIGKILL");
    await ended;
  };
}

describe("withLock", () => {
  it("lets one in at a time, and tells each of the others once that it waits", async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };

    await Promise.all([1, 2, 3].map(() => withLock(lock(), work)));

    expect(most).toBe(1);
    expect(waits).toBe(2);
  });

  it("keeps others out while a process holds the lock, and lets one in at a time once that was killed", async () => {
    const kill = await startHolder();
    const stop = (): void => {
      throw new Error("waited long enough");
    };
    try {
      await expect(withLock(lock(stop), () => Promise.resolve())).rejects.toThrow("waited long enough");
    } finally {
      await kill();
    }
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

  it("frees the lock where the work fails", async () => {
    await expect(withLock(lock(), () => Promise.reject(new Error("no")))).rejects.toThrow("no");

    expect(await withLock(lock(), () => Promise.resolve("done"))).toBe("done");
    expect(waits).toBe(0);
  });
});
