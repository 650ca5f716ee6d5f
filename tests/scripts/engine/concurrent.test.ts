import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Engine } from "../../../scripts/engine/ensure-engine";

const TIMEOUT_MS = 60_000;

interface SetUp {
  child: ChildProcess;
  stderr: () => string;
  done: Promise<{ exitCode: number | null; engine: Engine | undefined }>;
}

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-test-"));
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function startSetUp(): SetUp {
  const script = join(__dirname, "set-up-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
    env: {
      PATH: join(folder, "empty"),
      HOME: folder,
      TMPDIR: folder,
      CRASHTEST_CACHE_DIR: join(folder, "cache"),
    },
  });
  children.push(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (output.stderr += text.toString()));
  const done = new Promise<{ exitCode: number | null; engine: Engine | undefined }>((resolve) => {
    child.on("close", (exitCode) => {
      resolve({ exitCode, engine: output.stdout ? (JSON.parse(output.stdout) as Engine) : undefined });
    });
  });
  return { child, stderr: () => output.stderr, done };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const builds = (): string[] =>
  existsSync(join(folder, "builds")) ? readFileSync(join(folder, "builds"), "utf8").trim().split("\n") : [];
const letBuild = (): void => {
  writeFileSync(join(folder, "go"), "");
};
const engineFolders = (): string[] => readdirSync(join(folder, "cache"));

test(
  "of two set-ups at once the second waits, says so, and takes the result of the first",
  async () => {
    const first = startSetUp();
    await until(() => builds().length === 1);
    const second = startSetUp();
    await until(() => second.stderr().includes("Another setup of the engine is running"));
    letBuild();

    const [one, two] = await Promise.all([first.done, second.done]);

    expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
    expect(two.engine).toEqual(one.engine);
    expect(second.stderr()).toContain(`(process ${first.child.pid ?? "?"})`);
    expect(builds()).toHaveLength(1);
    expect(engineFolders()).toHaveLength(1);
  },
  TIMEOUT_MS,
);

test(
  "a set-up that was killed half-way is repaired by the next, which takes its lock over",
  async () => {
    const first = startSetUp();
    await until(() => builds().length === 1);
    first.child.kill("SIGKILL");
    await first.done;
    letBuild();
    expect(engineFolders()).toEqual(expect.arrayContaining(["engine.lock", expect.stringContaining(".incomplete-")]));

    const second = await startSetUp().done;

    expect(second).toMatchObject({ exitCode: 0, engine: { source: "built", version: "3.259.0" } });
    expect(builds()).toHaveLength(2);
    expect(engineFolders()).toHaveLength(1);
    expect(engineFolders()[0]).not.toContain(".incomplete-");
  },
  TIMEOUT_MS,
);
