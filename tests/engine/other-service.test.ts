import { deployed } from "./stack/deployed";
import { CLEAN, gatedProgram } from "./stack/scans";
import { TestService } from "./stack/service";

/** In which a scan has ended that opens the gate. */
const program = (triggers: unknown[] = [1]): string => `${gatedProgram({ failOn: "low" }, { scan: { triggers } })}
exports.projectId = shop.projectId;`;

const start = (options: Parameters<typeof TestService.start>[1] = {}): Promise<TestService> =>
  TestService.start({ default: CLEAN }, options);

/** A project and a scan of somebody else, which have the first numbers of a service. */
const takeFirstNumbers = async (service: TestService): Promise<void> => {
  await service.api("POST", "/projects", { team_id: 42, name: "theirs", url: "http://127.0.0.1:9/", type: "webapp" });
  await service.api("POST", "/projects/1/scans");
  await service.takeLog();
};

const DESTROY = ["destroy", "--yes", "--skip-preview"];

test("of a service in memory that was started anew, no scan opens a gate and no project is deleted; the advice helps", async () => {
  const first = await start();
  const stack = await deployed(first, program());
  await first.close();
  const second = await start({ port: Number(new URL(first.url).port), instance: "second" });
  await takeFirstNumbers(second);

  const unchanged = await stack.upFails();
  const ofGateAlone = await stack.upFails("--target", stack.resource("held").urn);
  stack.write(program([2]));
  const changed = await stack.upFails();
  const destroyed = await stack.pulumi(...DESTROY);

  for (const output of [unchanged, ofGateAlone, changed, destroyed.output]) {
    expect(output).toContain("its ID was issued by the instance tests of the service at");
    expect(output).toContain("pulumi state delete --target-dependents");
    /** Below that is what the outputs were. */
    expect(output.split("Outputs:")[0]).not.toContain("gate open");
  }
  expect(destroyed.exitCode).not.toBe(0);
  expect(await second.projectNames()).toEqual(["theirs"]);
  expect(await second.scans()).toMatchObject([{ id: 1, projectId: 1, state: "finished" }]);

  /** The other project depends on the gate, and so on the first. */
  await stack.well("state", "delete", "--target-dependents", "--yes", stack.resource("shop").urn);
  await stack.up();
  expect(await stack.outputs()).toMatchObject({ projectId: "2", scanId: "2", verdict: { passed: true } });
  expect(await second.projectNames()).toEqual(["theirs", "shop", "held"]);
});

test("an endpoint of another service is refused with nothing sent; set back as it was, everything is taken down", async () => {
  const mine = await start();
  const theirs = await start({ instance: "theirs" });
  await takeFirstNumbers(theirs);
  const stack = await deployed(mine, program());

  await stack.well("config", "set", "crashtest:endpoint", theirs.url);
  const up = await stack.upFails();
  const destroyed = await stack.pulumi(...DESTROY, "--run-program");

  for (const output of [up, destroyed.output]) {
    expect(output).toContain(`its ID was issued by the service at ${mine.url}, but crashtest:endpoint`);
    expect(output).toContain("run `pulumi destroy --run-program`");
  }
  expect(destroyed.exitCode).not.toBe(0);
  expect(await theirs.takeLog()).toEqual([]);

  await stack.well("config", "set", "crashtest:endpoint", mine.url);
  await stack.well(...DESTROY, "--run-program");
  expect(await mine.projectNames()).toEqual([]);
  expect(await theirs.projectNames()).toEqual(["theirs"]);
});

test("a service that was renamed is named in crashtest:formerEndpoints, and all goes on", async () => {
  const before = await start();
  const stack = await deployed(before, program());
  const renamed = await start();
  for (const name of ["shop", "held"]) {
    await renamed.api("POST", "/projects", { team_id: 42, name, url: "http://127.0.0.1:9/", type: "webapp" });
  }
  await renamed.api("POST", "/projects/1/scans");
  stack.environment["CRASHTEST_ENDPOINT"] = renamed.url;

  const refused = await stack.upFails();
  const [, advised] = /crashtest:formerEndpoints \(CRASHTEST_FORMER_ENDPOINTS\) to '(.*?)'/.exec(refused) ?? [];
  await stack.well("config", "set", "crashtest:formerEndpoints", String(advised));
  await stack.up("--expect-no-changes");
  await stack.well(...DESTROY);

  expect(JSON.parse(String(advised))).toEqual([before.url]);
  expect(await renamed.projectNames()).toEqual([]);
  expect(await before.projectNames()).toEqual(["shop", "held"]);
});

test("a state that names no service is no change, and its scan names one from its next update on", async () => {
  const service = await start();
  const stack = await deployed(service, program());
  const named = stack.readState();
  const earlier = named.replace(/"(?:service|projectOwner)":\s*\{[^}]*\},?/g, "").replace(/,(\s*\})/g, "$1");
  expect(earlier).not.toBe(named);
  stack.writeState(earlier);

  await stack.well("preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
  stack.write(program([2]));
  await stack.up();

  expect(stack.resource("nightly").outputs?.["service"]).toEqual({ origin: service.url, instance: "tests" });
  expect(stack.resource("safe-verdict").outputs?.["service"]).toEqual({ origin: service.url, instance: "tests" });
});
