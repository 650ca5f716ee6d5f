import { testInEach } from "./stack/plugin-language";
import { gatedYaml, urnOf, type YamlProgram, type YamlResource } from "./stack/plugin-stack";
import { CLEAN, CRITICAL, MEDIUM } from "./stack/scans";

const SCAN = urnOf("Scan", "nightly");
const HELD = urnOf("Project", "held");
const GATE = urnOf("ScanGate", "safe");
const childOf = (gate: string): string => urnOf("ScanGate$crashtest:index:Verdict", `${gate}-verdict`);

/** What a gate says of a scan that the command left out. */
const LEFT_OUT = "was not deployed by the gate's provider in this run: either the command left it out";

const FLAGS: string[][] = [
  ["--target", HELD, "--target-dependents"],
  ["--exclude", SCAN],
  ["--exclude", GATE, "--exclude", childOf("safe"), "--continue-on-error"],
];

/** Others of engine and plugin. The language has no part in any of them, so one shows these. */
const FLAGS_OF_ONE: string[][] = [
  ["--target", HELD, "--target", childOf("safe"), "--target", GATE, "--continue-on-error"],
  ["--refresh", "--parallel", "1"],
];

testInEach("no flag opens a gate by an earlier scan, and a new scan that is good opens it", async (start, language) => {
  const holding = (heldName: string) => gatedYaml({ acceptJoined: true }, { scan: { triggers: [heldName] }, heldName });
  const { service, stack, write } = await start({ default: [CLEAN, CRITICAL, CLEAN] }, holding("held"));
  await stack.up();
  write(holding("other"));

  for (const flags of [...FLAGS, ...(language === "YAML" ? FLAGS_OF_ONE : [])]) {
    const output = await stack.upFails(...flags);

    expect([flags, await service.projectNames()]).toEqual([flags, ["shop", "held"]]);
    const leavesScanOut = flags.includes("--target") || flags.includes(SCAN);
    const why = leavesScanOut ? LEFT_OUT : "gate closed (findings): scan 2 has too many findings";
    expect([flags, output]).toEqual([flags, expect.stringContaining(why)]);
  }
  await stack.up("--replace", SCAN);

  expect(await service.projectNames()).toEqual(["shop", "other"]);
  expect(await stack.outputs()).toMatchObject({ scanId: "3", verdict: { passed: true, scanId: "3" } });
});

/** The same program with the gate under another name, of which its old one is an alias. */
function renamed(program: YamlProgram): YamlProgram {
  const text = JSON.stringify(program).replaceAll("${safe", "${safer").replace('"safe":{', '"safer":{');
  const { resources, outputs } = JSON.parse(text) as YamlProgram;
  Object.assign(resources["safer"] ?? {}, { options: { aliases: [GATE] } });
  return { resources, ...(outputs && { outputs }) };
}

testInEach(
  "a baseline is in the state of the gate's child, which decides what is new, and survives a run without it",
  async (start) => {
    const counting = (build: number, heldName = "held", settings = {}) =>
      gatedYaml({ failOn: "low", baseline: "firstScan", ...settings }, { scan: { triggers: [build] }, heldName });
    const { service, stack, write } = await start({ default: [MEDIUM, MEDIUM, CRITICAL] }, counting(1));

    const first = await stack.up();
    write(renamed(counting(2)));
    const second = await stack.up();
    write(renamed(counting(3, "other", { advisory: true })));
    await service.addFault({ kind: "status", method: "POST", path: "*/scans", status: 403 });
    const unstarted = await stack.upFails("--continue-on-error");
    write(renamed(counting(3, "other")));
    const leftOut = await stack.upFails("--exclude", childOf("safer"));
    const third = await stack.upFails("--continue-on-error");

    expect(first).toContain("1 recorded as the baseline");
    expect(second).toContain("1 old left out (baseline: firstScan)");
    expect(unstarted).toContain("gate closed: there is no verdict, since its scan was not deployed in this run");
    expect(leftOut).toContain("was not decided, since this run leaves the gate's verdict out");
    expect(third).toContain("gate closed (findings): scan 3 has too many new findings: 1 critical (failOn: low)");
    expect(third).toContain("1 new, 1 old, 0 fixed");
    expect(await service.projectNames()).toEqual(["shop", "held"]);
  },
);

testInEach(
  "a saved plan lets the scan start and the gate decide; an advisory gate holds nothing back",
  async (start) => {
    const { service, stack } = await start({ default: CRITICAL }, gatedYaml({ advisory: true }));
    stack.environment["PULUMI_EXPERIMENTAL"] = "true";

    await stack.well("preview", "--save-plan", "plan.json");
    const output = await stack.up("--plan", "plan.json");

    expect(output).toContain("advisory: gate closed (findings)");
    expect(await service.projectNames()).toEqual(["shop", "held"]);
    expect(await stack.outputs()).toMatchObject({ verdict: { passed: false, reason: "findings" } });
  },
);

/** A program with a second provider instance, which these resources are given. */
function withOther(users: readonly string[], { resources, ...rest }: YamlProgram): YamlProgram {
  const given = Object.entries(resources).map(([name, resource]): [string, YamlResource] => {
    const options = { ...resource.options, ...(users.includes(name) && { provider: "${other}" }) };
    return [name, { ...resource, options }];
  });
  return { ...rest, resources: { other: { type: "pulumi:providers:crashtest" }, ...Object.fromEntries(given) } };
}

testInEach(
  "a scan of another provider instance closes the gate; its IDs stand for a scan of the program, which no flag may leave out",
  async (start) => {
    const byIds = (settings: object) =>
      gatedYaml({ scan: undefined, projectId: "${shop.projectId}", scanId: "${nightly.scanId}", ...settings });
    const { stack, write } = await start({}, withOther(["nightly"], gatedYaml()));

    const ofOther = await stack.upFails();
    write(withOther(["nightly", "safe"], byIds({})));
    await stack.up();
    const outputs = await stack.outputs();
    write(withOther(["nightly", "safe"], byIds({ acceptJoined: true })));
    const leftOut = await stack.upFails("--exclude", SCAN);

    expect(ofOther).toContain("gate closed (scanJoined): scan 1 was not deployed by the gate's provider in this run");
    expect(ofOther).toContain("give the gate and its scan the same provider");
    expect(outputs).toMatchObject({ verdict: { passed: true, scanId: "1" } });
    expect(leftOut).toContain("gate closed (scanJoined)");
  },
);
