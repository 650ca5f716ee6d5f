import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { isLockStale, withLock } from "../../../scripts/lock/lock";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-test-"));
  file = join(folder, "cache", "the.lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const noWait = (): void => undefined;

describe("isLockStale", () => {
  test.each([
    ["a living owner that beats", true, 0, false],
    ["a living owner silent for 19 s", true, 19_000, false],
    ["a process ID that was used again", true, 20_000, true],
    ["a dead owner, seen just now", false, 0, false],
    ["a dead owner, seen for 3 s", false, 3_000, true],
  ])("%s", (_name, ownerIsAlive, unchangedForMs, expected) => {
    expect(isLockStale({ ownerIsAlive, unchangedForMs })).toBe(expected);
  });
});

test("holds the lock while the action runs, and leaves nothing", async () => {
  const during = await withLock(file, noWait, () => Promise.resolve(existsSync(file)));

  expect(during).toBe(true);
  expect(readdirSync(join(folder, "cache"))).toEqual([]);
});

test("frees the lock when the action fails", async () => {
  await expect(withLock(file, noWait, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");

  expect(existsSync(file)).toBe(false);
});

test("lets one in at a time, and tells the others who holds it", async () => {
  const events: string[] = [];
  const owners: number[] = [];
  const enter = (name: string): Promise<void> =>
    withLock(
      file,
      (pid) => owners.push(pid),
      async () => {
        events.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} out`);
      },
    );

  await Promise.all(["a", "b", "c"].map(enter));

  const names = events.filter((_event, index) => index % 2 === 0).map((event) => event.slice(0, 1));
  expect(events).toEqual(names.flatMap((name) => [`${name} in`, `${name} out`]));
  expect([...names].sort()).toEqual(["a", "b", "c"]);
  expect(new Set(owners)).toEqual(new Set([process.pid]));
});

test("takes over the lock of a dead owner, by one of two waiters at a time", async () => {
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  await withLock(file, noWait, () => Promise.resolve());
  writeFileSync(file, ["some token", hostname(), String(dead), ""].join("\n"));
  let inside = 0;
  let most = 0;
  const enter = (): Promise<void> =>
    withLock(file, noWait, async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    });

  await Promise.all([enter(), enter()]);

  expect(most).toBe(1);
  expect(readdirSync(join(folder, "cache"))).toEqual([]);
});
