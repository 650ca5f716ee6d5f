import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runWell } from "./stack/run";
import { CLEAN, CRITICAL, ENDLESS, gatedProgram, MEDIUM, scannedProgram } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

const start = async (scans: Parameters<typeof TestService.start>[0], program: string): Promise<void> => {
  service = await TestService.start(scans);
  stack = Stack.create({ program, environment: service.environment });
};

/** The logical names in the state. */
const names = (): string[] => stack.state().resources.map(({ urn }) => urn.split("::").at(-1) ?? "");

test("a gate waits for its scan, shows the wait, opens, and its dependents come after it", async () => {
  await start({ default: { ...MEDIUM, ...ENDLESS } }, gatedProgram({ failOn: "high" }));
  const run = stack.startUp();
  /** The first one is told with an hour left, the second with less. */
  const polls = async () =>
    (await service.requests()).filter(({ path, status }) => path.endsWith("/status") && status === 200);
  await service.until(async () => (await polls()).length >= 2);
  await service.advance(4_000);

  const { exitCode, output } = await run.ended;

  expect([exitCode, output]).toEqual([0, expect.anything()]);
  expect(output).toMatch(/safe .*scan 1 (queued|running), \d+s elapsed, \d+ polls?, 59m \d+s left/);
  expect(output).toContain("gate open: scan 1 found 0 critical, 0 high, 1 medium");
  expect(names()).toContain("held");
  expect(await stack.outputs()).toMatchObject({
    verdict: { passed: true, reason: "passed", scanId: "1", missingScanners: [] },
    status: { scanId: "1", state: "finished", statusCode: 102 },
    findingCounts: { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 },
  });
});

test("a second up and a preview after it show no change, and start nothing", async () => {
  await start({ default: MEDIUM }, gatedProgram({ failOn: "high" }));
  await stack.up();
  await service.takeLog();

  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");

  expect((await service.takeLog()).filter((line) => !line.startsWith("GET"))).toEqual([]);
});

/** What the message of a closed gate tells people to run, as it stands there, in the program's folder. */
async function runAdvised(output: string): Promise<void> {
  const [, fingerprint = ""] = /finding: ([0-9a-f]{64})/.exec(output) ?? [];
  const lines = [...output.matchAll(/: (npx pulumi-crashtest .*)$/gm)].map(([, line = ""]) =>
    line.replace("FINGERPRINT", fingerprint).replace("YYYY-MM-DD", "2999-12-31"),
  );
  await runWell("sh", ["-ec", lines.join("\n")], { cwd: stack.folder, env: stack.environment });
  expect(readFileSync(join(stack.folder, "report.pdf"), "latin1")).toMatch(/^%PDF-/);
  expect(readFileSync(join(stack.folder, "accepted.yaml"), "utf8")).toContain(`- finding: ${fingerprint}\n`);
}

test("a closed gate holds its dependents back, says what to do, and leaves project and scan in the state", async () => {
  await start({ default: [CRITICAL, CLEAN] }, gatedProgram({ failOn: "high" }));

  const output = await stack.upFails();

  const { urn } = stack.resource("nightly");
  expect(output).toContain("gate closed (findings): scan 1 has too many findings: 1 critical (failOn: high)");
  expect(output).toContain("critical 9.8 SQL injection (sqlinjection), GET /item, parameter id");
  expect(output).toMatch(/finding: [0-9a-f]{64}/);
  expect(output).toContain("npx pulumi-crashtest report --project 1 --scan 1 --format pdf --output report.pdf");
  expect(output).toContain("npx pulumi-crashtest accept FINGERPRINT --file accepted.yaml");
  await runAdvised(output);
  expect(output).toContain(`pulumi up --replace '${urn}'`);
  expect(names()).toEqual(expect.arrayContaining(["shop", "nightly", "safe"]));
  expect(names()).not.toContain("held");

  await stack.up("--replace", urn);
  expect(names()).toContain("held");
  expect(await stack.outputs()).toMatchObject({ scanId: "2", verdict: { passed: true } });
});

test.each([
  ["that counts all", {}],
  ["that counts new ones only", { baseline: "lastPassed" }],
])("a closed gate %s leaves the reports that were asked for with its scan ID", async (_which, baseline) => {
  const program = gatedProgram({ failOn: "high", ...baseline });
  const reports = ["pdf", "sarif", "html"].map(
    (format) => `
crashtest.getReportOutput({ projectId: gate.projectId, scanId: gate.scanId, format: "${format}", path: "report.${format}" });`,
  );
  const own = `
crashtest.getFindingsOutput({ projectId: gate.projectId, scanId: gate.scanId }).apply(({ findings }) =>
  require("fs").writeFileSync("count.txt", String(findings.length)));`;
  await start({ default: CRITICAL }, program + reports.join("") + own);

  await stack.upFails();

  const sizes = ["pdf", "sarif", "html"].map((format) => statSync(join(stack.folder, `report.${format}`)).size);
  expect(Math.min(...sizes)).toBeGreaterThan(500);
  expect(readFileSync(join(stack.folder, "count.txt"), "utf8")).toBe("2");
});

test("a preview tells that a gate will wait, and closes where the scan has ended", async () => {
  await start({ default: ENDLESS }, scannedProgram());
  const gated = gatedProgram({ failOn: "medium" });
  await stack.up();

  stack.write(gated);
  const whileRunning = await stack.well("preview");
  service.setScript({ default: MEDIUM });
  const { urn } = stack.resource("nightly");
  await stack.pulumi("up", "--yes", "--skip-preview", "--replace", urn, "--target", urn);
  const afterEnd = await stack.pulumi("preview");

  expect(whileRunning).toContain("the gate will wait for the scan's end, and then decide: scan 1 is running");
  expect(afterEnd.exitCode).not.toBe(0);
  expect(afterEnd.output).toContain("gate closed (findings): scan 2");
});

test("a first preview says that a scan will start and that the gate will wait for it", async () => {
  await start({}, gatedProgram());

  const output = await stack.well("preview");

  expect(output).toContain("a scan will start");
  expect(output).toContain("the gate will wait for the scan that the deployment starts");
  expect(await service.takeLog()).toEqual([]);
});

test("a saved plan, and --strict, let scans start and their gates decide", async () => {
  const program = (build: number): string => `${gatedProgram({}, { scan: { triggers: [build] } })}
const each = new crashtest.Scan("each", { projectId: held.projectId });
const fresh = new crashtest.ScanGate("fresh", { scan: each, baseline: "lastPassed" });
new crashtest.Scan("told", { projectId: held.projectId, triggers: [fresh.verdict.reason] });
`;
  await start({ default: MEDIUM }, program(1));
  stack.environment["PULUMI_EXPERIMENTAL"] = "true";

  await stack.well("preview", "--save-plan", "plan.json");
  await stack.up("--plan", "plan.json");
  expect(await stack.outputs()).toMatchObject({ scanId: "1", verdict: { passed: true } });

  stack.write(program(2));
  await stack.well("up", "--yes", "--strict");
  expect(await stack.outputs()).toMatchObject({ scanId: "4", verdict: { passed: true } });
});

test("an advisory gate reports what it would hold back, and holds nothing back", async () => {
  await start({ default: CRITICAL }, gatedProgram({ advisory: true }));

  const output = await stack.up();

  expect(output).toContain("advisory: gate closed (findings)");
  expect(names()).toContain("held");
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: false, reason: "findings" } });
  await stack.up("--expect-no-changes");
});

test("a service that does not answer for a while is no verdict: the gate asks on, and says so", async () => {
  await start({ default: { ...MEDIUM, durationSeconds: 1 } }, gatedProgram());
  await service.addFault({ kind: "dropBeforeHandling", path: "*/status", times: 5 });

  const output = await stack.up();

  expect(output).toContain("the service does not answer, retrying");
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: true } });
});

test("findings are let pass by maxFindings and by acceptances, until those expire", async () => {
  await start(
    { default: CRITICAL },
    gatedProgram({ failOn: "medium", maxFindings: { critical: 1 }, accept: "accepted.yaml" }),
  );
  const accept = (expires: string): void => {
    const entries = [
      `- slug: xss\n  where: /search\n  reason: known\n  expires: ${expires}\n`,
      "- slug: gone\n  reason: was mended\n  expires: 2999-01-01\n",
    ];
    writeFileSync(join(stack.folder, "accepted.yaml"), entries.join(""));
  };
  accept("2999-12-31");

  const open = await stack.up();
  await stack.up("--expect-no-changes");
  accept("2001-01-01");
  const preview = await stack.pulumi("preview");

  expect(open).toContain("1 of them accepted");
  expect(open).toContain(`the acceptance of "gone" ("was mended") matches nothing that was found`);
  expect(preview.exitCode).not.toBe(0);
  expect(preview.output).toContain("1 medium (failOn: medium)");
  expect(preview.output).toContain("expired on 2001-01-01: it counts again");
});
