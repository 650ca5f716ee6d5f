import { CLEAN } from "./stack/scans";
import { VeracodeService } from "./stack/veracode-service";
import { Stack } from "./stack/stack";

const program = (settings: object = {}, scan = ""): string => `
const shop = new crashtest.Project("shop", {
  url: "https://shop.example.com/",
  name: "Shop",
  authorizedToScan: true,
  ...${JSON.stringify(settings)},
});
${scan}`;
const SCAN = `new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [1] });`;

const DESTROY = ["destroy", "--yes", "--skip-preview"];

const start = async (settings?: object, scan?: string): Promise<[VeracodeService, Stack]> => {
  const service = await VeracodeService.start({ default: CLEAN }, { allowLocalTargets: false });
  return [service, Stack.create({ program: program(settings, scan), environment: service.environment })];
};

test("half a pair of credentials, and inputs that the service cannot take, are refused in one preview", async () => {
  const [service, stack] = await start({ teamId: "42", type: "mobile", scanType: "full", authorizedToScan: false });
  delete stack.environment["VERACODE_API_KEY_SECRET"];
  stack.environment["CRASHTEST_SLUGS"] = "{}";

  const { exitCode, output } = await stack.pulumi("preview");

  expect(exitCode).not.toBe(0);
  for (const text of [
    "VERACODE_API_KEY_SECRET",
    "crashtest:slugs (or CRASHTEST_SLUGS) can only be set with",
    "teamId must be the UUID of a team",
    "type must be webapp or api",
    "scanType must be quick or enterprise",
    "authorizedToScan must be true",
  ]) {
    expect(output).toContain(text);
  }
  expect(await service.requests()).toEqual([]);
});

test("what the service refuses of a create names the property and what to do, and leaves nothing", async () => {
  const [service, stack] = await start({ url: "http://127.0.0.1:9/" });
  const problem = (code: string) => ({
    type: "urn:problem-type:veracode:dast:bad-request",
    title: "Bad Request",
    status: 400,
    errors: [{ code, detail: "no" }],
  });
  const local = await stack.upFails();
  stack.write(program());
  await service.addFault({
    kind: "status",
    operation: "createTarget",
    status: 400,
    body: problem("TARGET_LIMIT_EXCEEDED"),
    headers: { "content-type": "application/problem+json" },
  });
  const limit = await stack.upFails();
  await service.addFault({ kind: "html", operation: "createTarget", status: 502 });
  const page = await stack.upFails();
  await service.service.moveWallClock(600);
  const clock = await stack.upFails();

  expect(local).toMatch(/LOCALHOST_NOT_SUPPORTED_TARGET_URL[\s\S]*\burl\b/);
  expect(limit).toContain("TARGET_LIMIT_EXCEEDED");
  expect(page).toContain("502");
  expect(clock).toMatch(/clock of this machine is 10 minutes behind/);
  await service.service.moveWallClock(0);
  expect(await service.targets()).toEqual([]);
  expect(stack.state().resources.filter(({ type }) => type.endsWith("crashtest:Project"))).toEqual([]);
});

test("a target that was deleted elsewhere is noticed at each step, and the advice helps", async () => {
  const [service, stack] = await start({}, SCAN);
  await stack.up();
  const gone = async (): Promise<void> => {
    await service.api("DELETE", `/targets/${String(stack.resource("shop").id)}`);
  };

  await gone();
  stack.write(program({ name: "Renamed" }, SCAN));
  const update = await stack.upFails();
  expect(update).toContain("pulumi refresh");
  await stack.well("refresh", "--yes", "--skip-preview");
  await stack.up();
  expect(await service.targets()).toMatchObject([{ name: "Renamed" }]);

  await gone();
  stack.write(program({ name: "Renamed" }, SCAN.replace("[1]", "[2]")));
  const scan = await stack.upFails();
  expect(scan).toContain(`pulumi up --replace '${stack.resource("shop").urn}'`);
  await stack.up("--replace", stack.resource("shop").urn);

  await gone();
  await stack.well(...DESTROY);
  expect(stack.state().resources).toEqual([]);
});
