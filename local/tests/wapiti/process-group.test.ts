import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  boundCommand,
  isGroupAlive,
  startGroup,
  type GroupOptions,
  type ProcessGroup,
} from "../../src/scanners/wapiti/process-group";

let folder: string;
let interpreter: string;
let lines: string[];
const groups: ProcessGroup[] = [];

/** Stands for Python, which a machine may lack: runs the command without binding it to its parent. */
const UNBOUND = '#!/bin/sh\nshift 5\nexec "$@"\n';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "crashtest-group-"));
  interpreter = join(folder, "python");
  await writeFile(interpreter, UNBOUND);
  await chmod(interpreter, 0o755);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  lines = [];
});

afterEach(async () => {
  await Promise.all(groups.splice(0).map((group) => group.stop()));
});

async function start(script: string, rest: Partial<GroupOptions> = {}): Promise<ProcessGroup> {
  const command = ["/bin/sh", "-c", script];
  const onLine = (line: string): number => lines.push(line);
  const group = await startGroup({ command, python: interpreter, env: { ONLY: "this" }, cwd: "/", onLine, ...rest });
  groups.push(group);
  return group;
}

async function untilLine(line: string): Promise<void> {
  while (!lines.includes(line)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("startGroup", () => {
  it("gives the program the environment it was told and nothing to read", async () => {
    const group = await start("env; cat; echo end");

    expect(await group.ended).toEqual({ code: 0, signal: null });
    expect(lines).toContain("ONLY=this");
    expect(lines).not.toContainEqual(expect.stringMatching(/^HOME=/));
    expect(lines.at(-1)).toBe("end");
  });

  it("keeps the last lines of standard error", async () => {
    const group = await start("for i in 1 2 3 4 5 6 7; do echo $i >&2; done; exit 3");

    expect(await group.ended).toEqual({ code: 3, signal: null });
    expect(group.lastErrors()).toBe("3\n4\n5\n6\n7");
  });

  it("stops the program and its children", async () => {
    const group = await start("sleep 100 & sleep 100 & echo up; wait");
    await untilLine("up");

    await group.stop();

    expect(isGroupAlive(group.pid)).toBe(false);
    await expect(group.stop()).resolves.toBeUndefined();
  });

  it("kills what does not go at SIGTERM, after the grace", async () => {
    const group = await start("trap '' TERM; echo up; while :; do sleep 0.1; done", { graceMs: 100 });
    await untilLine("up");

    await group.stop();

    expect(await group.ended).toEqual({ code: null, signal: "SIGKILL" });
    expect(isGroupAlive(group.pid)).toBe(false);
  });

  it("fails where the program cannot be started", async () => {
    await expect(start("", { command: ["/no/such"], python: "/no/such" })).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("boundCommand", () => {
  const bounds = { python: "python", platform: "linux", parentPid: 7 } as const;

  it("bounds the program on Linux only", () => {
    expect(boundCommand(["a", "b"], { ...bounds, platform: "darwin" })).toEqual(["a", "b"]);
    expect(boundCommand(["a", "b"], bounds)).toEqual([
      ...["python", "-I", "-c", expect.stringContaining("prctl(1,9)") as string, "7", "0", "a", "b"],
    ]);
  });

  it("limits the program's memory where asked to", () => {
    expect(boundCommand(["a"], { ...bounds, memoryLimitBytes: 1000 }).slice(4)).toEqual(["7", "1000", "a"]);
  });
});
