import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcess, isRunning, startOf } from "../../../examples/vulnerable-shop/running-process";
import { endLeftover, removeTraces, startServer } from "../../../examples/vulnerable-shop/server-start";

const children: ChildProcess[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shop-process-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await endLeftover(folder);
  rmSync(folder, { recursive: true, force: true });
});

/** A process that says `ready`, and then does what a program says. */
async function sleeper(program: string): Promise<{ child: ChildProcess; pid: number; startedAt: string }> {
  const code = `${program}; setInterval(() => {}, 1000); console.log("ready")`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  const pid = child.pid ?? 0;
  return { child, pid, startedAt: startOf(pid) ?? "" };
}

const script = (program: string): string => {
  const path = join(folder, "server.js");
  writeFileSync(path, program);
  return path;
};
const READY = `const at = process.argv.indexOf("--port"); console.log("listening on http://127.0.0.1:" + process.argv[at + 1])`;

test("a process is told from another that has its number", async () => {
  const { pid, startedAt } = await sleeper("");

  expect(isRunning({ pid, startedAt })).toBe(true);
  expect(isRunning({ pid, startedAt: `${startedAt}0` })).toBe(false);
});

test("another process that has the number of one that ended is let alone", async () => {
  const { child, pid, startedAt } = await sleeper("");
  await endProcess({ pid, startedAt: `${startedAt}0` });

  expect(isRunning({ pid, startedAt })).toBe(true);
  expect(child.killed).toBe(false);
});

test("one that has ended is no error", async () => {
  const { child, pid, startedAt } = await sleeper("");
  child.kill("SIGKILL");
  await once(child, "exit");

  expect(startOf(pid)).toBeUndefined();
  await expect(endProcess({ pid, startedAt })).resolves.toBeUndefined();
});

test("one that has ended and waits to be buried does not run", async () => {
  // What takes the place of the shell never asks for the end of the shell's child.
  const child = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const pid = Number(String((await once(child.stdout, "data"))[0]));
  const stateOf = (): string => execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" });
  while (!stateOf().startsWith("Z")) await new Promise((resolve) => setTimeout(resolve, 20));

  expect(startOf(pid)).toBeUndefined();
});

test("one that does not end when asked to is killed", async () => {
  const { child, pid, startedAt } = await sleeper(`process.on("SIGTERM", () => {})`);
  await endProcess({ pid, startedAt });

  expect(isRunning({ pid, startedAt })).toBe(false);
  expect(child.signalCode ?? (await once(child, "exit"))[1]).toBe("SIGKILL");
});

test("a server lives on, with its number in a file, and sees nothing of the environment but the PATH", async () => {
  process.env["SHOP_TEST_SECRET"] = "hush";
  const path = script(`console.log(Object.keys(process.env).join()); ${READY}; setInterval(() => {}, 1000)`);
  const running = await startServer({ script: path, args: [], port: 8123, folder });
  delete process.env["SHOP_TEST_SECRET"];

  expect(isRunning(running)).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "server.pid"), "utf8"))).toEqual(running);
  expect(readFileSync(join(folder, "server.log"), "utf8").split("\n")[0]).toBe("PATH");
  await endLeftover(folder);
  expect(isRunning(running)).toBe(false);
});

test("a server that ends at once fails with what it printed, and leaves no file", async () => {
  const path = script(`console.error("the cellar is locked"); process.exit(7)`);

  await expect(startServer({ script: path, args: [], port: 8123, folder: join(folder, "own") })).rejects.toThrow(
    /server\.js ended with exit code 7; it printed: the cellar is locked/,
  );
  expect(existsSync(join(folder, "own"))).toBe(false);
});

test("traces are removed, and a folder with something else in it stays", () => {
  writeFileSync(join(folder, "server.log"), "");
  writeFileSync(join(folder, "other"), "");
  removeTraces(folder);

  expect(existsSync(join(folder, "server.log"))).toBe(false);
  expect(existsSync(join(folder, "other"))).toBe(true);
  expect(() => {
    removeTraces(join(folder, "none"));
  }).not.toThrow();
});
