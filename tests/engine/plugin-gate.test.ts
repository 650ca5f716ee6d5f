import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gatedYaml, writeYaml, yamlStack } from "./stack/plugin-stack";
import { CLEAN, CRITICAL, ENDLESS, MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import type { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

const start = async (
  scans: Parameters<typeof TestService.start>[0],
  program: ReturnType<typeof gatedYaml>,
): Promise<void> => {
  service = await TestService.start(scans);
  stack = await yamlStack(program, service.environment);
};

/** The logical names in the state. */
const names = (): string[] => stack.state().resources.map(({ urn }) => urn.split("::").at(-1) ?? "");

const polls = async (): Promise<number> =>
  (await service.requests()).filter(({ path, status }) => path.endsWith("/status") && status === 200).length;

const URN = "urn:pulumi:test::tests::";
const SCAN = `${URN}crashtest:index:Scan::nightly`;
const HELD = `${URN}crashtest:index:Project::held`;
const GATE = `${URN}crashtest:index:ScanGate::safe`;
const CHILD = `${URN}crashtest:index:ScanGate$crashtest:index:Verdict::safe-verdict`;

/** It takes a tenth of a second, and more where a machine is busy. */
const ABOUT_A_SECOND = 10;

test("Ctrl-C ends a wait at once, and the next up waits for the same scan, shows it, opens, and converges", async () => {
  await start({ default: { ...MEDIUM, ...ENDLESS } }, gatedYaml());
  const first = stack.startUp();
  await service.until(async () => (await polls()) > 0);

  const seconds = await first.interrupt();
  expect(seconds).toBeLessThan(ABOUT_A_SECOND);
  expect(stack.resource("nightly").outputs).toMatchObject({ scanId: "1" });
  expect(names()).not.toContain("held");

  await service.takeLog();
  const second = stack.startUp();
  // The scan asks once as well. The gate's first poll is told with an hour left, its second with less.
  await service.until(async () => (await polls()) >= 3);
  await service.advance(4_000);
  const { exitCode, output } = await second.ended;

  expect([exitCode, output]).toEqual([0, expect.anything()]);
  expect(output).toMatch(/safe .*scan 1 (queued|running), \d+s elapsed, \d+ polls?, 59m \d+s left/);
  expect(output).toContain("gate open: scan 1 found 0 critical, 0 high, 1 medium");
  expect(await service.takeLog()).not.toContain("POST /projects/1/scans");
  expect(await stack.outputs()).toMatchObject({
    verdict: { passed: true, reason: "passed", scanId: "1", missingScanners: [] },
    status: { scanId: "1", state: "finished", statusCode: 102 },
    findingCounts: { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 },
  });
  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");
  expect((await service.takeLog()).filter((line) => !line.startsWith("GET") && !line.includes("held"))).toEqual([]);
});

test("a closed gate holds its dependents back and says why, in the preview too; another scan opens it", async () => {
  await start({ default: [CRITICAL, CLEAN] }, gatedYaml());
  const before = await stack.well("preview");
  expect(await service.takeLog()).toEqual([]);

  const closed = await stack.upFails();
  const preview = await stack.pulumi("preview");

  expect(before).toContain("the gate will wait for the scan that the deployment starts");
  expect(before).toMatch(/verdict +: \[unknown\]/);
  expect(preview.exitCode).not.toBe(0);
  for (const output of [closed, preview.output]) {
    expect(output).toContain("gate closed (findings): scan 1 has too many findings: 1 critical (failOn: high)");
    expect(output).toContain("critical   9.8     SQL injection (sqlinjection)");
    expect(output).toContain(`pulumi up --replace '${SCAN}'`);
    expect(output).not.toContain("grpc");
  }
  expect(names()).toEqual(expect.arrayContaining(["shop", "nightly", "safe"]));
  expect(names()).not.toContain("held");

  await stack.up("--replace", SCAN);
  expect(names()).toContain("held");
  expect(await stack.outputs()).toMatchObject({ scanId: "2", verdict: { passed: true } });
});

const FLAGS: string[][] = [
  ["--target", HELD, "--target-dependents"],
  ["--target", HELD, "--target", CHILD, "--target", GATE, "--continue-on-error"],
  ["--exclude", SCAN],
  ["--exclude", GATE, "--exclude", CHILD],
  ["--continue-on-error"],
  ["--refresh", "--parallel", "1"],
];

/** What a gate says of a scan that the command left out. */
const LEFT_OUT = "scan 1 was not deployed by the gate's provider in this run: either the command left it out";

test("no flag opens a gate by an earlier scan, and a new scan that is good opens it", async () => {
  const holding = (heldName: string) => gatedYaml({ acceptJoined: true }, { scan: { triggers: [heldName] }, heldName });
  await start({ default: [CLEAN, CRITICAL, CLEAN] }, holding("held"));
  await stack.up();
  writeYaml(stack, holding("other"));

  for (const flags of FLAGS) {
    const output = await stack.upFails(...flags);

    expect([flags, await service.projectNames()]).toEqual([flags, ["shop", "held"]]);
    const leavesScanOut = flags.includes("--target") || flags.includes(SCAN);
    const why = leavesScanOut ? LEFT_OUT : "gate closed (findings): scan 2 has too many findings";
    expect([flags, output]).toEqual([flags, expect.stringContaining(why)]);
  }
  const preview = await stack.pulumi("preview", "--exclude", SCAN);
  expect(preview.exitCode).not.toBe(0);
  expect(preview.output).toContain("was not deployed by the gate's provider in this run");

  await stack.up("--replace", SCAN);
  expect(await service.projectNames()).toEqual(["shop", "other"]);
});

test("findings that are accepted, by list or by file, do not count until that ends", async () => {
  const accept = [{ slug: "xss", where: "/search", reason: "known", expires: "2999-12-31" }];
  await start({ default: CRITICAL }, gatedYaml({ failOn: "medium", maxFindings: { critical: 1 }, accept }));
  const write = (expires: string): void => {
    const entry = `- slug: xss\n  where: /search\n  reason: known\n  expires: ${expires}\n`;
    writeFileSync(join(stack.folder, "accepted.yaml"), entry);
  };

  const byList = await stack.up();
  writeYaml(stack, gatedYaml({ failOn: "medium", maxFindings: { critical: 1 }, accept: "accepted.yaml" }));
  write("2999-12-31");
  const byFile = await stack.up();
  write("2001-01-01");
  const expired = await stack.upFails();

  for (const output of [byList, byFile]) expect(output).toContain("1 of them accepted");
  expect(expired).toContain("1 medium (failOn: medium)");
  expect(expired).toContain("expired on 2001-01-01: it counts again");
});

test("a baseline is in the state of the gate's child, which decides what is new, and survives a run without it", async () => {
  const counting = (build: number, heldName = "held") =>
    gatedYaml({ failOn: "low", baseline: "firstScan" }, { scan: { triggers: [build] }, heldName });
  /** The same, with the gate under another name, and its old one as an alias. */
  const renamed = (...given: Parameters<typeof counting>): ReturnType<typeof gatedYaml> => {
    const text = JSON.stringify(counting(...given))
      .replaceAll("${safe", "${safer")
      .replace('"safe":{', '"safer":{');
    const program = JSON.parse(text) as ReturnType<typeof gatedYaml>;
    Object.assign(program.resources["safer"] ?? {}, { options: { aliases: [GATE] } });
    return program;
  };
  await start({ default: [MEDIUM, MEDIUM, CRITICAL] }, counting(1));

  const first = await stack.up();
  await stack.up("--expect-no-changes");
  writeYaml(stack, counting(2));
  const second = await stack.up();
  writeYaml(stack, renamed(3, "other"));
  const third = await stack.upFails("--continue-on-error");
  const preview = await stack.pulumi("preview");
  writeYaml(stack, counting(3, "other"));
  const leftOut = await stack.upFails("--exclude", CHILD);

  expect(first).toContain("1 recorded as the baseline");
  expect(second).toContain("1 old left out (baseline: firstScan)");
  for (const output of [third, preview.output]) {
    expect(output).toContain("gate closed (findings): scan 3 has too many new findings: 1 critical (failOn: low)");
    expect(output).toContain("1 new, 1 old, 0 fixed");
  }
  expect(preview.exitCode).not.toBe(0);
  expect(leftOut).toContain("was not decided, since this run leaves the gate's verdict out");
  expect(await service.projectNames()).toEqual(["shop", "held"]);
});

test("destroy and refresh with the program neither wait for a gate nor are held back by it", async () => {
  await start({ default: { ...CRITICAL, ...ENDLESS } }, gatedYaml({ timeoutSeconds: 1 }));
  await stack.upFails();

  await stack.well("refresh", "--run-program", "--yes", "--skip-preview");
  expect(names()).toEqual(expect.arrayContaining(["shop", "nightly"]));
  const output = await stack.well("destroy", "--run-program", "--yes");

  expect(output).not.toContain("gate");
  expect(stack.state().resources).toEqual([]);
});

test("a saved plan lets the scan start and the gate decide; an advisory gate holds nothing back", async () => {
  await start({ default: CRITICAL }, gatedYaml({ advisory: true }));
  stack.environment["PULUMI_EXPERIMENTAL"] = "true";

  await stack.well("preview", "--save-plan", "plan.json");
  const output = await stack.up("--plan", "plan.json");

  expect(output).toContain("advisory: gate closed (findings)");
  expect(names()).toContain("held");
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: false, reason: "findings" } });
  await stack.up("--expect-no-changes");
});

test("a scan of another provider instance closes the gate, and the same provider for both opens it", async () => {
  /** With a second provider instance, which these resources are given. */
  const withOther = (...users: string[]) => {
    const program = gatedYaml();
    const given = Object.entries(program.resources).map(([name, resource]) => {
      const options = { ...resource.options, ...(users.includes(name) && { provider: "${other}" }) };
      return [name, { ...resource, options }];
    });
    return {
      ...program,
      resources: {
        other: { type: "pulumi:providers:crashtest" },
        ...Object.fromEntries(given),
      } as typeof program.resources,
    };
  };
  await start({}, withOther("nightly"));

  const output = await stack.upFails();
  writeYaml(stack, withOther("nightly", "safe"));
  await stack.up();

  expect(output).toContain("gate closed (scanJoined): scan 1 was not deployed by the gate's provider in this run");
  expect(output).toContain("give the gate and its scan the same provider");
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: true } });
});

test("a scan that somebody else started closes the gate at once, until one of its own follows its end", async () => {
  service = await TestService.start({ default: [ENDLESS, CLEAN] });
  await service.api("POST", "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" });
  await service.api("POST", "/projects/1/scans");
  stack = await yamlStack(gatedYaml({}, { project: { adoptProjectId: "1", name: "shop" } }), service.environment);

  const output = await stack.upFails();
  await service.advance(4_000);
  const afterEnd = await stack.up();

  expect(output).toContain("gate closed (scanJoined): scan 1 was running before this deployment");
  expect(afterEnd).toContain("gate open: scan 2");
});

test("whenRunning restart replaces a scan that somebody else started, and the gate opens on the scan of its own", async () => {
  service = await TestService.start({ default: [ENDLESS, CLEAN] });
  await service.api("POST", "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" });
  await service.api("POST", "/projects/1/scans");
  const around = { project: { adoptProjectId: "1", name: "shop" }, scan: { triggers: [1], whenRunning: "restart" } };
  stack = await yamlStack(gatedYaml({}, around), service.environment);

  expect(await stack.up()).toContain("gate open: scan 2");
});

test("a gate by IDs needs acceptJoined, unless they come from a scan of the program, which no flag may leave out", async () => {
  const byIds = (scanId: string, settings: object = {}) => {
    const program = gatedYaml();
    const properties = { projectId: "${shop.projectId}", scanId, ...settings };
    return { ...program, resources: { ...program.resources, safe: { type: "crashtest:ScanGate", properties } } };
  };
  await start({}, byIds("${nightly.scanId}"));
  await stack.up();
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: true, scanId: "1" } });

  writeYaml(stack, byIds("${nightly.scanId}", { acceptJoined: true }));
  const leftOut = await stack.upFails("--exclude", SCAN);
  writeYaml(stack, byIds("1"));
  const refused = await stack.upFails();
  writeYaml(stack, byIds("1", { acceptJoined: true }));
  await stack.up();

  expect(leftOut).toContain("gate closed (scanJoined)");
  expect(refused).toContain("acceptJoined must be true, since IDs do not say who started the scan");
  expect(await stack.outputs()).toMatchObject({ verdict: { passed: true, scanId: "1" } });
});
