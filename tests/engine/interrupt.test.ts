import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "crashtest-local";
import { goOnAndEndScan, wasAsked } from "./stack/go-on";
import { gatedProgram, MEDIUM } from "./stack/scans";
import { commandLineOf, endAll, stillRunning, type RunningCommand } from "./stack/running-command";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start({ default: { ...MEDIUM, durationSeconds: 3_600 } });
  stack = Stack.create({ program: gatedProgram({ failOn: "high" }), environment: service.environment });
});

const asked = (end: string) => () => wasAsked(service, end);

/** It takes about a second, and more where a machine is busy; but less than the half minute that the client waits for an answer. */
const ABOUT_A_SECOND = 10;
/** Two refusals, three seconds apart, and the end of the processes; more where a machine is busy. */
const ENDED_SECONDS = 20;

interface Moment {
  moment: string;
  faults: Fault[];
  isReached: () => Promise<boolean>;
}

/** The client gives up after half a minute and asks again, so each of its requests is delayed. */
const SLOW_REPORT: Fault = { kind: "delay", path: "*/report/xml", delayMs: 3_600_000, times: 1_000 };
const MOMENTS: Moment[] = [
  {
    moment: "while the scan is being started",
    faults: [{ kind: "delay", method: "POST", path: "*/scans", delayMs: 2_000 }],
    isReached: asked("/scans"),
  },
  {
    moment: "while the service does not answer",
    faults: [{ kind: "dropBeforeHandling", path: "*/status", times: 1_000 }],
    isReached: asked("/status"),
  },
  { moment: "while a report is fetched", faults: [SLOW_REPORT], isReached: asked("/report/xml") },
];

test.each(MOMENTS)("Ctrl-C $moment ends the run, and the next up goes on with the same scan", async (given) => {
  for (const fault of given.faults) await service.addFault(fault);
  const run = stack.startUp();
  if (given.faults.includes(SLOW_REPORT)) {
    await service.until(asked("/status"));
    await service.advance(4_000);
  }
  await service.until(given.isReached);

  const seconds = await run.interrupt();
  const { exitCode } = await run.ended;
  const output = await goOnAndEndScan(service, stack);

  expect(exitCode).not.toBe(0);
  expect(seconds).toBeLessThan(ABOUT_A_SECOND);
  expect(output).toContain("gate open: scan 1");
  expect(await service.takeLog()).not.toContain("POST /projects/1/scans");
});

test("Ctrl-C leaves no report in the folder for temporary files", async () => {
  const program = `
const ended = new crashtest.Project("ended", { url: "http://127.0.0.1:9/ended", scanOnDeploy: { triggers: [], gate: true } });
const { projectId, scanId } = ended.gate;
const report = crashtest.getReportOutput({ projectId, scanId, format: "pdf" });
const url = report.apply(() => "http://127.0.0.1:9/");
new crashtest.Project("running", { url, scanOnDeploy: { triggers: [], gate: true } });
`;
  service.setScript({ targets: [{ url: "*/ended", scans: MEDIUM }], default: { durationSeconds: 3_600 } });
  const reporting = Stack.create({ program, environment: service.environment });
  const reports = (): string[] =>
    readdirSync(join(reporting.folder, "tmp")).filter((name) => name.startsWith("pulumi-crashtest-"));
  const run = reporting.startUp();
  await service.until(asked("/projects/2/scans/2/status"));
  const whileItRuns = reports();

  await run.interrupt();

  expect(whileItRuns).toHaveLength(1);
  await service.until(() => Promise.resolve(reports().length === 0), 10);
});

test("after kill -9 of the CLI, program and provider end by themselves and stop no scan, and the next up goes on", async () => {
  const run: RunningCommand = stack.startUp();
  await service.until(asked("/status"));

  const left = await run.killAlone();
  /** The engine's own language host is not ours to end, and lives on. */
  const ours = left.filter((pid) => commandLineOf(pid)?.includes("pulumi-language-nodejs") !== true);
  const alive = await stillRunning(ours, ENDED_SECONDS);
  endAll(left);
  await stack.well("cancel", "--yes");

  expect(ours).not.toEqual([]);
  expect(alive).toEqual([]);
  expect((await service.takeLog()).filter((line) => line.startsWith("DELETE"))).toEqual([]);
  expect(await goOnAndEndScan(service, stack)).toContain("gate open: scan 1");
  expect(await service.takeLog()).not.toContain("POST /projects/1/scans");
});
