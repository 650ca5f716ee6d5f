import { deployed } from "./stack/deployed";
import { ENDLESS, literal, SERVICE_CLASS } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

interface Parts {
  /** The gate's settings. */
  gate?: object;
  /** What `after` is given, of `web` and `db`. */
  listed?: readonly string[];
  /** A third service, which the scan waits for beside those that have the hooks. */
  hasOther?: boolean;
  /** Has the hooks too, and comes after the list. */
  hasLate?: boolean;
}

/** Two services with one scan after both, and something that depends on the gate. */
const programOf = ({ gate = { failOn: "high" }, listed = ["web", "db"], hasOther, hasLate }: Parts = {}): string => `
${SERVICE_CLASS}
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
const version = (name) => process.env["VERSION_" + name] ?? "1";
const failing = !!process.env.OTHER_FAILS;
const others = ${hasOther === true} ? [new Service("other", { version: version("OTHER"), fails: failing })] : [];
const onDeploy = crashtest.scanOnDeploy("web", { projectId: shop.projectId, gate: ${literal(gate)} }, { dependsOn: others });
const options = { hooks: onDeploy.hooks };
const web = new Service("web", { version: version("WEB"), fails: !!process.env.WEB_FAILS }, options);
const db = new Service("db", { version: version("DB"), quiet: process.env.QUIET_DB }, { ...options, dependsOn: [web] });
const after = onDeploy.after([${listed.join(", ")}]);
new Service("live", { version: after.scanId }, { dependsOn: [after.gate] });
if (${hasLate === true}) new Service("late", { version: "1" }, options);
exports.scanId = after.scanId;
exports.reason = after.verdict.reason;
`;

const PROGRAM = programOf();

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start();
});

const create = (program = PROGRAM): Stack => Stack.create({ program, environment: service.environment });

const starts = async (): Promise<number> =>
  (await service.takeLog()).filter((line) => line === "POST /projects/1/scans").length;

test("two created resources give one scan, after both; without a change there is none, and the outputs stay", async () => {
  stack = create();
  const output = await stack.up();
  const firstStarts = await starts();
  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");

  expect(firstStarts).toBe(1);
  expect(output.indexOf("db created")).toBeLessThan(output.indexOf("web-scan creating"));
  expect(await starts()).toBe(0);
  expect(await stack.outputs()).toEqual({ scanId: "1", reason: "passed" });
});

test("one resource that changed gives one scan, and its preview says so", async () => {
  stack = await deployed(service, PROGRAM);
  stack.environment["VERSION_DB"] = "2";
  await starts();

  const preview = await stack.well("preview");
  await stack.up();

  expect(preview).toContain("a scan will start");
  expect(preview).toMatch(/Another scan follows scan 1 of project 1: .*\$deployed/);
  expect(preview).toContain("the gate will wait for the scan that the deployment starts");
  expect(await starts()).toBe(1);
  expect(await stack.outputs()).toEqual({ scanId: "2", reason: "passed" });
  await stack.up("--expect-no-changes");
});

test("several resources that changed give one scan", async () => {
  stack = await deployed(service, PROGRAM);
  Object.assign(stack.environment, { VERSION_WEB: "2", VERSION_DB: "2" });
  await starts();

  await stack.up();

  expect(await starts()).toBe(1);
});

test("a mark that is lost, since the run failed between change and scan, is made good by the next run", async () => {
  stack = create(programOf({ hasOther: true }));
  await stack.up();
  Object.assign(stack.environment, { VERSION_DB: "2", VERSION_OTHER: "2", OTHER_FAILS: "1" });
  const failed = await stack.upFails();
  Object.assign(stack.environment, { VERSION_OTHER: "1", OTHER_FAILS: "" });
  await starts();

  const output = await stack.up();

  expect(failed).toContain("the service does not start");
  expect(output).toContain("$resource:db changed");
  expect(await starts()).toBe(1);
  expect(await stack.outputs()).toEqual({ scanId: "2", reason: "passed" });
});

test("a mark is kept where the scan's start failed, also of an update that changed no output, and after a refresh", async () => {
  stack = await deployed(service, PROGRAM);
  stack.environment["QUIET_DB"] = "2";
  await service.addFault({ kind: "status", status: 500, method: "POST", path: "*/scans", times: 9, body: {} });
  await stack.upFails();
  await service.clearFaults();
  await stack.well("refresh", "--yes", "--skip-preview");
  await starts();

  await stack.up();

  expect(await starts()).toBe(1);
  expect(await stack.outputs()).toEqual({ scanId: "2", reason: "passed" });
  await stack.up("--expect-no-changes");
});

test("a resource that has the hooks and is not listed is refused, listed too late or not at all", async () => {
  stack = create(programOf({ listed: ["web"] }));
  const unlisted = await stack.upFails();
  stack.write(programOf({ hasLate: true }));
  const late = await stack.upFails();

  expect(unlisted).toContain("db has the hooks and is not listed in after()");
  expect(late).toContain("late has the hooks and is not listed in after()");
});

test("a resource that fails to deploy is not scanned, and the scan comes once it is deployed", async () => {
  stack = await deployed(service, PROGRAM);
  Object.assign(stack.environment, { VERSION_WEB: "2", WEB_FAILS: "1" });
  await starts();

  await stack.upFails();
  const startsOfFailure = await starts();
  delete stack.environment["WEB_FAILS"];
  await stack.up();

  expect(startsOfFailure).toBe(0);
  expect(await starts()).toBe(1);
});

test("destroy with the program runs no hook, stops the running scan and empties the state", async () => {
  service.setScript({ default: ENDLESS });
  stack = create(programOf({ gate: { timeoutSeconds: 1 } }));
  await stack.upFails();
  await service.takeLog();

  await stack.well("destroy", "--run-program", "--yes", "--skip-preview");

  expect(await service.takeLog()).toEqual(["DELETE /projects/1/scans/1", "DELETE /projects/1"]);
  expect(stack.state().resources).toEqual([]);
});

test("a CLI without hooks is refused, before a resource with the hooks is deployed", async () => {
  /**
   * What the SDK found out about the CLI, as it would be with one before 3.182, which cannot be had here; and no lines of a
   * stack, since on Node 20 the SDK takes most of a minute to print those of an error that is not the package's own.
   */
  const oldCli = `
require("@pulumi/pulumi/runtime/state").getStore().supportsResourceHooks = false;
Error.stackTraceLimit = 0;
`;
  stack = create(oldCli + PROGRAM);

  const output = await stack.upFails();

  expect(output).toContain("The Pulumi CLI does not support resource hooks");
  expect(stack.state().resources.some(({ urn }) => urn.endsWith("::web"))).toBe(false);
});
