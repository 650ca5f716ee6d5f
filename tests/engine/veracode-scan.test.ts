import type { Script } from "crashtest-local";
import { CLEAN, CRITICAL, ENDLESS, gatedProgram, MEDIUM, scannedProgram } from "./stack/scans";
import { VeracodeService } from "./stack/veracode-service";
import { Stack } from "./stack/stack";

const PROJECT = { authorizedToScan: true };
const gated = (settings: object, build: number, whenRunning = "join"): string =>
  gatedProgram(settings, { project: PROJECT, scan: { triggers: [build], whenRunning } }).replace(
    "{ url, name }",
    "{ url, name, authorizedToScan: true }",
  );
const scanned = (build: number, whenRunning = "join"): string =>
  scannedProgram({ project: PROJECT, scan: { triggers: [build], whenRunning } });

const DESTROY = ["destroy", "--yes", "--skip-preview"];

let service: VeracodeService;

async function start(script: Script, text: string): Promise<Stack> {
  service = await VeracodeService.start(script);
  return Stack.create({ program: text, environment: service.environment });
}

const fingerprintIn = (output: string): string => /finding: ([0-9a-f]{64})/.exec(output)?.[1] ?? "";

test("a gate closes, opens with the finding accepted, and opens on a clean scan; then all is destroyed", async () => {
  const stack = await start({ default: [CRITICAL, CLEAN] }, gated({ failOn: "high" }, 1));

  const closed = await stack.upFails();
  expect(closed).toContain("has too many findings: 1 critical (failOn: high)");
  expect(await service.targets()).toHaveLength(1);
  const accept = [{ finding: fingerprintIn(closed), reason: "Known.", expires: "2099-12-31" }];
  stack.write(gated({ failOn: "high", accept }, 1));
  const accepted = await stack.up();
  await stack.up("--expect-no-changes");
  stack.write(gated({ failOn: "high" }, 2));
  const opened = await stack.up();
  await stack.well("preview", "--expect-no-changes");

  expect(accepted).toContain("1 of them accepted");
  expect(opened).toContain("gate open");
  expect((await service.scans()).map(({ state }) => state)).toEqual(["finished", "finished"]);
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: true }, status: { state: "finished" } });
  await stack.well(...DESTROY);
  expect(await service.targets()).toEqual([]);
  expect(stack.state().resources).toEqual([]);
});

test("a baseline lets the findings of the first scan pass, and closes on a new one", async () => {
  const settings = { failOn: "low", baseline: "firstScan", minCvss: 9 };
  const stack = await start({ default: [MEDIUM, MEDIUM, CRITICAL] }, gated(settings, 1));

  const first = await stack.up();
  stack.write(gated(settings, 2));
  const second = await stack.up();
  stack.write(gated(settings, 3));
  const third = await stack.upFails();

  expect(first).toContain("1 recorded as the baseline");
  expect(second).toContain("1 old left out (baseline: firstScan)");
  expect(third).toContain("has too many new findings: 1 critical (failOn: low), 1 with a score of 9 or more (minCvss)");
});

test("a running scan of somebody else is joined, or stopped and started anew; destroy stops only the own one", async () => {
  const stack = await start({ default: ENDLESS }, scanned(1));
  await stack.up();
  const [own] = await service.scans();
  const target = String(stack.resource("shop").id);
  await service.api("POST", `/analysis_run/${target}/stop?action=STOP_SAVE`);
  await service.until(async () => (await service.scans()).every(({ state }) => state === "stopped"));
  await service.api("POST", "/analysis_run", { id: target });
  await service.takeChanges();

  stack.write(scanned(2));
  await stack.up();
  expect(stack.resource("nightly").outputs).toMatchObject({ joined: true });
  await stack.up("--expect-no-changes");
  expect(await service.takeChanges()).toEqual(["POST /analysis_run"]);

  stack.write(scanned(3, "restart"));
  await stack.up();
  expect(stack.resource("nightly").outputs).toMatchObject({ joined: false });
  const states = (await service.scans()).map(({ id, state }) => [id === own?.id, state]);
  expect(states).toEqual([
    [true, "stopped"],
    [false, "stopped"],
    [false, "running"],
  ]);

  await stack.well(...DESTROY);
  const changes = await service.takeChanges();
  expect(changes.slice(-2)).toEqual([
    `POST /analysis_run/${target}/stop?action=STOP_SAVE`.replace(/\?.*/, ""),
    `DELETE /targets/${target}`,
  ]);
});

test("a start whose answer was lost ends with one scan, in the state, on which the gate may open", async () => {
  const stack = await start({ default: CLEAN }, gated({ failOn: "high" }, 1));
  await service.addFault({ kind: "dropAfterHandling", operation: "startAnalysisRun" });

  const output = await stack.up();

  expect(output).toContain("gate open");
  expect(await service.scans()).toHaveLength(1);
  expect(stack.resource("nightly").outputs).toMatchObject({ joined: true, isFoundAfterLostStart: true });
  await stack.up("--expect-no-changes");
});

test("a run that was deleted elsewhere is followed by another one; by webhook a scan is started and gated", async () => {
  const stack = await start({ default: [ENDLESS, CLEAN, CLEAN] }, scanned(1));
  await stack.up();
  const target = stack.resource("shop").id ?? "";
  await service.api("POST", `/analysis_run/${target}/stop`);
  await service.until(async () => (await service.scans()).length === 0);
  expect(await stack.up()).toContain("it ended badly (the service does not know it)");

  const webhook = await service.service.webhookOf(target);
  stack.write(`${scanned(1)}
const hooked = new crashtest.Scan("hooked", { webhook: ${JSON.stringify(webhook)}, triggers: [1] });
const gate = new crashtest.ScanGate("safe", { scan: hooked, failOn: "low" });
exports.passed = gate.passed;`);
  const output = await stack.up();

  expect(output).toContain("gate open");
  expect(output).not.toContain(webhook);
  expect(await stack.outputs()).toMatchObject({ passed: true });
  await stack.up("--expect-no-changes");
  await stack.well(...DESTROY);
  expect(await service.targets()).toEqual([]);
});
