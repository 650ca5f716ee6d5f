import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ScriptedScan } from "crashtest-local";
import { CLEAN, CRITICAL, gatedProgram, MEDIUM } from "./stack/scans";
import { deployed } from "./stack/deployed";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

/** A gate that counts new findings only; another `build` asks for another scan. */
const program = (
  baseline: string | object,
  settings: object = { failOn: "low" },
  build = 1,
  heldName = "held",
): string => gatedProgram({ ...settings, baseline }, { scan: { triggers: [build] }, heldName });

const start = async (scans: ScriptedScan[], text: string): Promise<void> => {
  service = await TestService.start({ default: scans });
  stack = Stack.create({ program: text, environment: service.environment });
};

/** After the first `up`. */
const startDeployed = async (scans: ScriptedScan[], text: string): Promise<void> => {
  service = await TestService.start({ default: scans });
  stack = await deployed(service, text);
};

const BROKEN: ScriptedScan = { ...MEDIUM, errors: [{ scanner: "ssl", message: "out of memory" }] };
const FAILED: ScriptedScan = { ...MEDIUM, outcome: { failed: "crashed" } };

const firstScan = (build: number, settings?: object, heldName?: string): string =>
  program("firstScan", settings, build, heldName);
const lastPassed = (build: number, settings?: object): string => program("lastPassed", settings, build);

test("firstScan records what the first scan found, and then counts what is new", async () => {
  await start([MEDIUM, MEDIUM, CRITICAL, CLEAN], firstScan(1));

  const first = await stack.up();
  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");
  stack.write(firstScan(2));
  const second = await stack.up();
  stack.write(firstScan(3));
  const third = await stack.upFails();
  const preview = await stack.pulumi("preview");
  stack.write(firstScan(4));
  const fourth = await stack.up();

  expect(first).toContain("gate open: scan 1 found 0 critical, 0 high, 1 medium");
  expect(first).toContain("1 recorded as the baseline");
  expect(second).toContain("1 old left out (baseline: firstScan)");
  expect(second).toContain("0 new, 1 old, 0 fixed");
  expect(third).toContain("gate closed (findings): scan 3 has too many new findings: 1 critical (failOn: low)");
  expect(third).toMatch(/new +critical +9\.8 +SQL injection \(sqlinjection\) +GET \/item, parameter id/);
  expect(third).toContain("1 new, 1 old, 0 fixed");
  expect(preview.exitCode).not.toBe(0);
  expect(preview.output).toContain("gate closed (findings): scan 3 has too many new findings");
  expect(fourth).toContain("0 old left out (baseline: firstScan); 1 of the baseline no longer found");
});

test("lastPassed counts all until a scan has passed, and survives refresh and other settings", async () => {
  await start([MEDIUM, MEDIUM, MEDIUM, CRITICAL], lastPassed(1, { failOn: "medium" }));

  const first = await stack.upFails();
  stack.write(lastPassed(1, { failOn: "high" }));
  const passed = await stack.up();
  await stack.well("refresh", "--yes", "--skip-preview");
  await stack.up("--expect-no-changes");
  stack.write(lastPassed(1, { failOn: "medium" }));
  const stricter = await stack.upFails();
  stack.write(lastPassed(2, { failOn: "medium" }));
  const second = await stack.up();
  await stack.well("refresh", "--yes", "--skip-preview");
  await stack.up("--expect-no-changes");
  const { inputs } = stack.resource("safe-verdict");

  expect(first).toContain(
    "has too many findings: 1 medium (failOn: medium); no baseline yet, so all count (baseline: lastPassed)",
  );
  expect(passed).toContain("no baseline yet");
  expect(stricter).toContain("1 medium (failOn: medium); no baseline yet");
  expect(second).toContain("1 old left out (baseline: lastPassed)");
  expect(Object.keys(inputs ?? {}).sort()).toEqual(["__provider", "advisory", "baseline", "service", "verdict"]);
  expect(inputs?.["baseline"]).toEqual({
    scan: "1/2",
    question: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    comparedWith: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    next: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  });
});

test.each([
  ["failed", FAILED, "scanFailed"],
  ["had a scanner that broke", BROKEN, "scannerFailed"],
])("a first scan that %s is no baseline, and closes the gate", async (_how, scan, reason) => {
  await start([scan, MEDIUM, CRITICAL], firstScan(1));

  const first = await stack.upFails();
  stack.write(firstScan(2));
  const second = await stack.up();

  expect(first).toContain(`gate closed (${reason})`);
  expect(second).toContain("1 recorded as the baseline");
});

test("a run that leaves the gate's child out is decided by the last one only for the same scan and settings", async () => {
  await startDeployed([MEDIUM, MEDIUM], firstScan(1));
  const { urn } = stack.resource("shop");
  const { urn: scanUrn } = stack.resource("nightly");

  const same = await stack.pulumi("up", "--yes", "--skip-preview", "--target", urn);
  stack.write(firstScan(1, { failOn: "critical" }));
  const otherSettings = await stack.upFails("--target", urn);
  stack.write(firstScan(2));
  const otherScan = await stack.upFails("--target", scanUrn, "--continue-on-error");

  expect(same).toMatchObject({ exitCode: 0 });
  for (const output of [otherSettings, otherScan]) {
    expect(output).toContain("was not decided, since this run leaves the gate's verdict out");
  }
  stack.write(firstScan(2));
  expect(await stack.up()).toContain("1 old left out (baseline: firstScan)");
});

test("no flag opens a gate that a new finding closes", async () => {
  await startDeployed([MEDIUM, CRITICAL], firstScan(1));
  stack.write(firstScan(2, { failOn: "low" }, "changed"));

  for (const flags of [["--continue-on-error"], ["--refresh", "--parallel", "1"]]) {
    expect(await stack.upFails(...flags)).toContain("gate closed (findings): scan 2 has too many new findings");
    expect(await service.projectNames()).not.toContain("changed");
  }
});

test("up --replace of the child begins a new baseline, as the docs say", async () => {
  await startDeployed([MEDIUM, CRITICAL], firstScan(1));
  stack.write(firstScan(2));
  await stack.upFails();
  const { urn } = stack.resource("safe-verdict");

  const output = await stack.up("--replace", urn);

  expect(output).toContain("2 recorded as the baseline");
});

test("under another name it begins anew, which preview and run say with what they let pass; an alias keeps the old one", async () => {
  await startDeployed([MEDIUM, CRITICAL], firstScan(1));
  const renamed = (options: string): string =>
    firstScan(2).replace(/ScanGate\("safe", (.*)\);/, `ScanGate("renamed", $1${options});`);
  stack.write(firstScan(2));
  await stack.upFails();

  stack.write(renamed(""));
  const preview = await stack.well("preview");
  stack.write(renamed(', { aliases: [{ name: "safe" }] }'));
  await stack.upFails();
  /** The state has the new name of the gate by now, and the old one of its child. */
  const aliased = await stack.upFails();
  stack.write(renamed(""));
  const anew = await stack.up();

  for (const output of [preview, anew]) {
    expect(output).toContain("2 recorded as the baseline: 2 findings, 1 critical, will pass from now on");
  }
  expect(aliased).toContain("gate closed (findings): scan 2 has too many new findings: 1 critical (failOn: low)");
  expect(aliased).toContain("1 new, 1 old, 0 fixed");
});

test("a baseline in a file is compared with, and one that cannot be read closes the gate", async () => {
  await start([CRITICAL], gatedProgram({ failOn: "low", baseline: { file: "old.json" } }));

  const missing = await stack.upFails();
  const report = await service.api("GET", "/projects/1/scans/1/report/json");
  writeFileSync(join(stack.folder, "old.json"), JSON.stringify(report.json));
  const open = await stack.up();
  await stack.up("--expect-no-changes");
  writeFileSync(join(stack.folder, "old.json"), "[]");
  const closed = await stack.upFails();

  expect(missing).toContain("gate closed (invalidSettings)");
  expect(missing).toContain("baseline: the file old.json cannot be used");
  expect(open).toContain("2 old left out (baseline: file)");
  expect(closed).toContain("has too many new findings: 1 critical (failOn: low), 1 medium (failOn: low)");
});

test("an advisory gate keeps its baseline over scans that it would hold back", async () => {
  await start([MEDIUM, FAILED, CRITICAL, MEDIUM], firstScan(1, { failOn: "low", advisory: true }));
  await stack.up();
  stack.write(firstScan(2, { failOn: "low", advisory: true }));
  const failed = await stack.up();
  stack.write(firstScan(3, { failOn: "low", advisory: true }));
  const critical = await stack.up();
  stack.write(firstScan(4));

  const last = await stack.up();

  expect(failed).toContain("advisory: gate closed (scanFailed)");
  expect(critical).toContain("advisory: gate closed (findings): scan 3 has too many new findings: 1 critical");
  expect(last).toContain("1 old left out (baseline: firstScan)");
});

test("by webhook an accepted finding opens the gate, and a baseline lets old ones pass and no new ones", async () => {
  await start([CRITICAL, MEDIUM, CRITICAL], "");
  await service.api("POST", "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" });
  const webhook = await service.webhookOf("1");
  const byWebhook = (build: number, settings: object): string => `
const scan = new crashtest.Scan("nightly", { webhook: pulumi.secret("${webhook}"), triggers: [${build}] });
new crashtest.ScanGate("safe", { scan, acceptJoined: true, baseline: "lastPassed", ...${JSON.stringify(settings)} });`;

  stack.write(byWebhook(1, {}));
  const closed = await stack.upFails();
  const [, finding = ""] = /finding: ([0-9a-f]{64})/.exec(closed) ?? [];
  const accept = [{ finding, reason: "It is behind the login.", expires: "2999-12-31" }];
  stack.write(byWebhook(1, { accept }));
  const accepted = await stack.up();
  stack.write(byWebhook(2, { failOn: "low" }));
  const old = await stack.up();
  const { text } = stack.state();
  const { inputs } = stack.resource("safe-verdict");
  stack.write(byWebhook(3, { failOn: "low" }));
  const fresh = await stack.upFails();

  expect(closed).toContain("has too many findings: 1 critical (failOn: high); no baseline yet");
  expect(closed).toContain("npx pulumi-crashtest accept FINGERPRINT");
  expect(accepted).toContain("gate open: scan 1 found 1 critical, 0 high, 1 medium");
  expect(old).toContain("1 old left out (baseline: lastPassed)");
  expect(fresh).toContain("gate closed (findings): scan 3 has too many new findings: 1 critical (failOn: low)");
  expect(inputs?.["baseline"]).toMatchObject({ scan: expect.stringMatching(/^webhook-[0-9a-f]{16}\/2$/) as string });
  expect([text, closed, accepted, old, fresh].join()).not.toContain(webhook);
});

test("what a scanned site writes does not end the engine, whatever its colours are", async () => {
  const hostile = { ...MEDIUM, descriptions: [{ slug: "xss", title: "<{%fg 77%}> \u001B[2J", baseScore: 6.1 }] };
  const exported = `exports.found = crashtest.getFindingsOutput({ projectId: gate.projectId, scanId: gate.scanId }).findings;`;
  await start([hostile], firstScan(1, { failOn: "low" }) + exported);
  delete stack.environment["NO_COLOR"];

  const open = await stack.up("--color", "always");
  stack.write(gatedProgram({ failOn: "low" }));
  const closed = await stack.pulumi("up", "--yes", "--skip-preview", "--color", "always");

  expect(open).toContain("\uFFFD{%fg 77%}> \uFFFD[2J");
  expect(closed.exitCode).not.toBe(0);
  expect(closed.output).toContain("gate closed (findings)");
  expect(closed.output).not.toContain("panic");
  expect(closed.output).not.toContain("\u001B[2J");
});
