import { pythonStack, writePython } from "./stack/python-stack";
import { CLEAN, CRITICAL } from "./stack/scans";
import { TestService } from "./stack/service";

/** What the project is named that the gate holds back. */
const program = (heldName: string, build = 1): string => `
import pulumi
import pulumi_crashtest as crashtest

url = "http://127.0.0.1:9/"
shop = crashtest.Project("shop", url=url)
scan = crashtest.Scan("nightly", project_id=shop.project_id, triggers=[${build}, {"image": shop.name}])
gate = crashtest.ScanGate("safe", scan=scan, fail_on="high")
held = crashtest.Project("held", url=url, name="${heldName}", opts=pulumi.ResourceOptions(depends_on=[gate]))
pulumi.export("scanId", scan.scan_id)
pulumi.export("verdict", gate.verdict)
pulumi.export("counts", gate.finding_counts)
pulumi.export("findings", crashtest.get_findings_output(project_id=gate.project_id, scan_id=gate.scan_id).findings.apply(len))
`;

test("a program in Python: its gate closes, opens on the next scan, and destroy removes everything", async () => {
  const service = await TestService.start({ default: [CRITICAL, CLEAN] });
  const stack = await pythonStack(program("held"), service.environment);
  if (stack === undefined) return;

  const preview = await stack.well("preview");
  const requestsOfPreview = await service.takeLog();
  const closed = await stack.upFails();
  const heldBack = await service.projectNames();
  writePython(stack, program("held", 2));
  await stack.up();
  const outputs = await stack.outputs();
  await stack.up("--expect-no-changes");
  const scans = await service.scans();
  await stack.well("destroy", "--yes", "--skip-preview");

  expect(preview).toContain("the gate will wait for the scan that the deployment starts");
  expect(requestsOfPreview).toEqual([]);
  expect(closed).toContain("gate closed (findings): scan 1 has too many findings: 1 critical (failOn: high)");
  expect(heldBack).toEqual(["shop"]);
  expect(outputs).toMatchObject({ scanId: "2", findings: 0, verdict: { passed: true, reason: "passed", scanId: "2" } });
  expect(scans.map(({ id }) => id)).toEqual([1, 2]);
  expect(stack.state().resources).toEqual([]);
  expect(await service.projectNames()).toEqual([]);
});
