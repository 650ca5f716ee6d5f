import { readdirSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { gatedYaml, pluginFolder, urnOf, writeYaml, yamlStack } from "./stack/plugin-stack";
import { CLEAN, MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";

test("a program in YAML is deployed, kept without a change, read again, and destroyed by the plugin", async () => {
  const service = await TestService.start({ default: MEDIUM });
  const stack = await yamlStack(gatedYaml(), service.environment);
  const writes = async (): Promise<string[]> => (await service.takeLog()).filter((line) => !line.startsWith("GET"));

  // Pins the plugin's version. The language host may be too old for the rest, which YAML does not need.
  const added = await stack.pulumi("package", "add", join(pluginFolder(), "pulumi-resource-crashtest"));
  const preview = await stack.well("preview");
  const requestsOfPreview = await service.takeLog();
  await stack.up();
  const [outputs, writesOfUp] = [await stack.outputs(), await writes()];
  await stack.up("--expect-no-changes");
  await stack.well("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  const writesAfterUp = await writes();
  await stack.well("destroy", "--yes");

  if (added.exitCode !== 0) expect(added.output).toContain("linking package");
  expect(readdirSync(join(stack.folder, "sdks/pulumi-crashtest-crashtest"))).toEqual([`crashtest-${version}.yaml`]);
  expect(preview).toContain("a scan will start");
  expect(preview).toContain("the gate will wait for the scan that the deployment starts");
  expect(requestsOfPreview).toEqual([]);
  expect(outputs).toMatchObject({
    scanId: "1",
    verdict: { passed: true, reason: "passed", scanId: "1" },
    status: { state: "finished", statusCode: 102 },
    findingCounts: { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 },
  });
  expect(writesOfUp).toEqual(["POST /projects", "POST /projects/1/scans", "POST /projects"]);
  expect(writesAfterUp).toEqual([]);
  expect(stack.state().resources).toEqual([]);
  expect(await service.projectIds()).toEqual([]);
});

test("without triggers each run scans, so that a run that leaves the scan out opens no gate on its last one", async () => {
  const holding = (heldName: string) => gatedYaml({ acceptJoined: true }, { scan: {}, heldName });
  const service = await TestService.start({ default: CLEAN });
  const stack = await yamlStack(holding("held"), service.environment);
  await stack.up();
  writeYaml(stack, holding("other"));

  for (const flags of [
    ["--target", urnOf("Project", "held"), "--target", urnOf("ScanGate", "safe")],
    ["--exclude", urnOf("Scan", "nightly")],
  ]) {
    const output = await stack.upFails(...flags);

    expect([flags, output]).toEqual([flags, expect.stringContaining("gate closed")]);
    expect([flags, await service.projectNames()]).toEqual([flags, ["shop", "held"]]);
  }
  await stack.up();
  expect(await service.projectNames()).toEqual(["shop", "other"]);
  expect(await stack.outputs()).toMatchObject({ scanId: "2", verdict: { scanId: "2" } });
});

test("a saved plan of a first and of another scan, with --strict too, is one that the deployment keeps to", async () => {
  const program = (build: number) => gatedYaml({ baseline: "lastPassed" }, { scan: { triggers: [build] } });
  const service = await TestService.start({ default: MEDIUM });
  const stack = await yamlStack(program(1), service.environment);
  stack.environment["PULUMI_EXPERIMENTAL"] = "true";

  await stack.well("preview", "--save-plan", "plan.json");
  await stack.up("--plan", "plan.json");
  const first = await stack.outputs();
  writeYaml(stack, program(2));
  await stack.well("up", "--yes", "--strict");

  expect(first).toMatchObject({ scanId: "1", verdict: { passed: true } });
  expect(await stack.outputs()).toMatchObject({ scanId: "2", verdict: { passed: true } });
});
