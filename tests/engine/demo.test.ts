import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, type RunningProcess } from "../../examples/vulnerable-shop/running-process";
import { REPOSITORY_ROOT } from "../../scripts/engine/cache";
import { DEMO_FOLDER, DEPLOYED_FOLDER } from "../../scripts/demo/stack";
import { runWell } from "./stack/run";
import { RunningCommand } from "./stack/running-command";

const TIMEOUT_MS = 240_000;

/** Waits until the demo has printed a text; one that ends before that fails the test. */
async function untilPrinted(demo: RunningCommand, text: RegExp): Promise<void> {
  const ended = { yet: false };
  void demo.ended.finally(() => (ended.yet = true));
  const endMs = Date.now() + TIMEOUT_MS;
  while (!text.test(demo.output)) {
    if (ended.yet || Date.now() > endMs) throw new Error(`the demo did not print ${String(text)}:\n${demo.output}`);
    await sleep(100);
  }
}

test("Ctrl-C in the demo, while the gate waits, leaves no process of the shop and no file", async () => {
  const args = ["scripts/run.mjs", "scripts/demo/main.ts", "--scanner", "scripted"];
  const demo = new RunningCommand(process.execPath, args, { cwd: REPOSITORY_ROOT, env: process.env });
  await untilPrinted(demo, /scan \d+ running/);
  const shop = JSON.parse(readFileSync(join(DEPLOYED_FOLDER, "server.pid"), "utf8")) as RunningProcess;
  const wasRunning = isRunning(shop);
  await demo.interrupt();

  expect(wasRunning).toBe(true);
  expect((await demo.ended).exitCode).toBe(130);
  expect(isRunning(shop)).toBe(false);
  expect([DEMO_FOLDER, DEPLOYED_FOLDER].filter((folder) => existsSync(folder))).toEqual([]);
});

// In this file, since all demos have the same folder.
test("the demo plays its three acts at the other service", async () => {
  const args = ["scripts/run.mjs", "scripts/demo/main.ts", "--service", "veracode", "--scanner", "scripted"];
  const output = await runWell(process.execPath, args, { cwd: REPOSITORY_ROOT, env: process.env, timeoutSeconds: 300 });

  expect(output.match(/The gate (closed|opened)/g)).toEqual(["The gate closed", "The gate opened", "The gate opened"]);
  expect(output).toContain("2 of them accepted");
  expect(output).toContain("decided: opened, as expected.");
});
