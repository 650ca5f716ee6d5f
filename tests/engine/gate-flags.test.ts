import { CLEAN, CRITICAL, gatedProgram } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

const urnOf = (type: string, name: string): string => `urn:pulumi:test::tests::${type}::${name}`;
const HELD = urnOf("pulumi-nodejs:dynamic/crashtest:Project", "held");
const SCAN = urnOf("pulumi-nodejs:dynamic/crashtest:Scan", "nightly");
const GATE = urnOf("crashtest:index:ScanGate", "safe");
const CHILD = urnOf("crashtest:index:ScanGate$pulumi-nodejs:dynamic/crashtest:Verdict", "safe-verdict");

const FLAGS: string[][] = [
  ["--target", HELD],
  ["--target", HELD, "--target-dependents"],
  ["--target", HELD, "--continue-on-error"],
  ["--exclude", CHILD],
  ["--exclude", GATE, "--exclude", CHILD],
  ["--exclude", GATE, "--exclude-dependents"],
  ["--continue-on-error"],
  ["--refresh"],
  ["--parallel", "1"],
];

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start({ default: [CLEAN, CRITICAL] });
  stack = Stack.create({ program: gatedProgram(), environment: service.environment });
});

/** The requests to create a project. */
const created = async (): Promise<string[]> =>
  (await service.requests())
    .filter(({ method, path }) => method === "POST" && path === "/projects")
    .map(({ path }) => path);

test("no flag opens a gate that was open before and is closed now", async () => {
  await stack.up();
  const { urn } = stack.resource("nightly");
  await stack.pulumi("up", "--yes", "--skip-preview", "--replace", urn, "--target", urn);
  stack.write(gatedProgram({}, { heldName: "other" }));
  await service.takeLog();

  for (const flags of FLAGS) {
    const output = await stack.upFails(...flags);

    expect([flags, await created()]).toEqual([flags, []]);
    expect([flags, output]).toEqual([flags, expect.stringContaining("gate closed (findings): scan 2")]);
  }
  expect(stack.resource("held").outputs).toMatchObject({ name: "held" });
});

test.each([
  ["whose triggers changed", (heldName: string) => ({ triggers: [heldName] })],
  ["that each run starts anew", () => ({})],
])("a scan %s and that the command leaves out opens no gate, though its last one was good", async (_which, scan) => {
  const holding = (heldName: string): string =>
    gatedProgram({ acceptJoined: true }, { scan: scan(heldName), heldName });
  service.setScript({ default: CLEAN });
  stack.write(holding("held"));
  await stack.up();
  stack.write(holding("other"));
  await service.takeLog();

  for (const flags of [
    ["--target", HELD],
    ["--target", HELD, "--target", CHILD, "--target", GATE],
    ["--exclude", SCAN],
  ]) {
    const output = await stack.upFails(...flags);

    expect([flags, await created()]).toEqual([flags, []]);
    expect([flags, output]).toEqual([flags, expect.stringContaining("scan 1 is of an earlier deployment")]);
  }
  await stack.up();
  expect(stack.resource("held").outputs).toMatchObject({ name: "other" });
});

test("a scan that the command leaves out opens no gate that has its ID in its place", async () => {
  const byId = (heldName: string): string =>
    gatedProgram({ acceptJoined: true }, { scan: { triggers: [heldName] }, heldName }).replace(
      "{ scan, ...",
      "{ projectId: shop.projectId, scanId: scan.scanId, ...",
    );
  service.setScript({ default: CLEAN });
  stack.write(byId("held"));
  await stack.up();
  stack.write(byId("other"));

  expect(await stack.upFails("--exclude", SCAN)).toContain("scan 1 is of an earlier deployment");
  expect(stack.resource("held").outputs).toMatchObject({ name: "held" });
});

test("no flag opens a gate that was never open", async () => {
  service.setScript({ default: CRITICAL });
  await stack.upFails();
  await service.takeLog();

  for (const flags of FLAGS) {
    await stack.upFails(...flags);

    expect([flags, await created()]).toEqual([flags, []]);
  }
});
