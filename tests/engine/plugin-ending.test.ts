import { goOnAndEndScan, wasAsked } from "./stack/go-on";
import { gatedYaml, yamlStack } from "./stack/plugin-stack";
import { commandLineOf, endAll, stillRunning } from "./stack/running-command";
import { MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import type { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start({ default: { ...MEDIUM, durationSeconds: 3_600 } });
  stack = await yamlStack(gatedYaml(), service.environment);
});

const asked = (end: string) => () => wasAsked(service, end);

/** Measured at 50 ms; more where a machine is busy, but less than the five seconds after which the engine kills a plugin. */
const ABOUT_A_SECOND = 4;
/** Two refusals, three seconds apart, and the end of the process; more where a machine is busy. */
const ENDED_SECONDS = 10;

const isPlugin = (pid: number): boolean => commandLineOf(pid)?.includes("/start-plugin.js") === true;

/** The next `up` waits for the same scan. */
async function goOn(): Promise<void> {
  expect(await goOnAndEndScan(service, stack)).toContain("gate open: scan 1");
  expect(await service.takeLog()).not.toContain("POST /projects/1/scans");
}

test.each([
  ["twice while a gate waits", "interruptTwice", []],
  ["while the service does not answer", "interrupt", [{ kind: "dropBeforeHandling", path: "*/status", times: 1_000 }]],
] as const)("Ctrl-C %s ends the run and the plugin, and the next up goes on with the same scan", async (...given) => {
  const [, interrupt, faults] = given;
  for (const fault of faults) await service.addFault(fault);
  const run = stack.startUp();
  await service.until(asked("/status"));
  const plugins = run.descendants().filter(isPlugin);

  const seconds = await run[interrupt]();
  const { exitCode } = await run.ended;
  const alive = await stillRunning(plugins, ABOUT_A_SECOND);
  process.stdout.write(`the run ended ${seconds.toFixed(2)} s after Ctrl-C\n`);

  expect(exitCode).not.toBe(0);
  expect(seconds).toBeLessThan(ABOUT_A_SECOND);
  expect(plugins).not.toEqual([]);
  expect(alive).toEqual([]);
  await goOn();
});

test("after kill -9 of the CLI the plugin ends within ten seconds and stops no scan, and the next up goes on", async () => {
  const run = stack.startUp();
  await service.until(asked("/status"));

  const left = await run.killAlone();
  const plugins = left.filter(isPlugin);
  const alive = await stillRunning(plugins, ENDED_SECONDS);
  endAll(left);
  await stack.well("cancel", "--yes");

  expect(plugins).not.toEqual([]);
  expect(alive).toEqual([]);
  expect((await service.takeLog()).filter((line) => line.startsWith("DELETE"))).toEqual([]);
  await goOn();
});
