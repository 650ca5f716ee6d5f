import { API_SECRET, VeracodeService } from "./stack/veracode-service";
import { Stack } from "./stack/stack";

/** With a target's arguments out of the stack's configuration. */
const program = (settings: object = {}, opts: object = {}): string => `
const config = new pulumi.Config();
const shop = new crashtest.Project("shop", {
  url: config.get("url") ?? "http://127.0.0.1:9/shop",
  authorizedToScan: true,
  ...${JSON.stringify(settings)},
}, ${JSON.stringify(opts)});
exports.projectId = shop.projectId;
exports.name = shop.name;
exports.description = shop.description;
exports.createdAt = shop.createdAt;
`;

const NAME = "program-test-shop";
const DESTROY = ["destroy", "--yes", "--skip-preview"];
const REFRESH = ["refresh", "--yes", "--skip-preview"];

let service: VeracodeService;

beforeEach(async () => {
  service = await VeracodeService.start();
});

const create = (settings: object = {}): Stack =>
  Stack.create({ program: program(settings), environment: service.environment });

test("a target is created, changed in place, refreshed after a change and a deletion elsewhere, replaced and deleted", async () => {
  const stack = create({ description: "The shop" });
  await stack.up();
  const first = await stack.outputs();
  const [target] = await service.targets();
  await stack.up("--expect-no-changes");
  await stack.well(...REFRESH, "--expect-no-changes");
  expect(first).toMatchObject({ projectId: target?.target_id, name: target?.name, description: "The shop" });
  expect(target?.name).toMatch(/-test-shop$/);
  expect(String(first["createdAt"])).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(await service.takeChanges()).toEqual(["POST /targets"]);
  const text = stack.state().text;
  expect(text).not.toContain(API_SECRET);
  expect(text).not.toContain("pulumi-crashtest ");

  stack.write(program({ description: "Ours", name: "Renamed" }));
  await stack.well("config", "set", "url", "http://127.0.0.1:9/new");
  await stack.up();
  const path = `/targets/${String(first["projectId"])}`;
  expect(await service.takeChanges()).toEqual([`PUT ${path}`]);
  expect(await service.targets()).toMatchObject([{ name: "Renamed", url: "127.0.0.1:9/new", description: "Ours" }]);

  await service.api("PUT", path, { description: "Changed elsewhere" });
  await service.takeChanges();
  expect(await stack.well(...REFRESH)).toContain("1 updated");
  await stack.up();
  expect(await service.takeChanges()).toEqual([`PUT ${path}`]);
  expect(await service.targets()).toMatchObject([{ description: "Ours" }]);

  stack.write(program({ description: "Ours", name: "Renamed", scanType: "enterprise" }));
  await stack.up();
  expect(await service.takeChanges()).toEqual([`DELETE ${path}`, "POST /targets"]);
  const { urn } = stack.resource("shop");
  const second = `/targets/${String((await stack.outputs())["projectId"])}`;
  await stack.up("--replace", urn);
  expect(await service.takeChanges()).toEqual([`DELETE ${second}`, "POST /targets"]);

  await service.api("DELETE", `/targets/${String((await stack.outputs())["projectId"])}`);
  expect(await stack.well(...REFRESH)).toContain("1 deleted");
  await stack.up();
  expect(await service.targets()).toMatchObject([{ name: "Renamed" }]);

  await stack.well(...DESTROY);
  expect(await service.targets()).toEqual([]);
  expect(stack.state().resources).toEqual([]);
});

test("an existing target is adopted with what it is, becomes what the program declares, and is looked up", async () => {
  const made = await service.api("POST", "/targets", {
    name: "Theirs",
    protocol: "HTTP",
    url: "127.0.0.1:9/shop",
    target_type: "WEB_APP",
    scan_type: "ENTERPRISE",
    is_sec_lead_only: true,
    authorized_to_scan: true,
    description: "Old",
  });
  const id = (made.json as { target_id: string }).target_id;
  await service.takeChanges();
  const stack = create({ adoptProjectId: id });

  await stack.up();
  expect(await service.takeChanges()).toEqual([]);
  expect(await stack.outputs()).toMatchObject({ projectId: id, name: "Theirs", description: "Old" });
  await stack.up("--expect-no-changes");

  stack.write(program({ description: "New" }));
  await stack.up();
  expect(await service.takeChanges()).toEqual([`PUT /targets/${id}`]);
  expect(await service.targets()).toMatchObject([{ name: "Theirs", description: "New" }]);

  stack.write(`${program({ description: "New" })}
const other = crashtest.Project.get("other", ${JSON.stringify(id)});
exports.other = pulumi.all([other.name, other.url, other.scanType, other.description]);`);
  await stack.up();
  expect(await stack.outputs()).toMatchObject({ other: ["Theirs", "http://127.0.0.1:9/shop", "enterprise", "New"] });
  await stack.well(...DESTROY);
  expect(await service.targets()).toEqual([]);
});

test("a target goes to another team in place, and a first team replaces it", async () => {
  const [own, other] = ["42", "43"].map((team) => `00000000-0000-4000-8000-0000000000${team}`);
  const stack = create({ teamId: own });
  await stack.up();
  const path = `/targets/${stack.resource("shop").id ?? ""}`;

  stack.write(program({ teamId: other }));
  await stack.up();
  stack.write(program());
  await stack.up("--expect-no-changes");

  expect(await service.takeChanges()).toEqual(["POST /targets", `PUT ${path}`]);
  expect(await service.targets()).toMatchObject([{ teams: [other] }]);
  expect(stack.resource("shop").outputs).toMatchObject({ teamId: other });
});

test("a create whose answer was lost ends with one target, in the state", async () => {
  const stack = create();
  await service.addFault({ kind: "dropAfterHandling", operation: "createTarget" });

  await stack.up();

  const [target, ...others] = await service.targets();
  expect(others).toEqual([]);
  expect(stack.resource("shop").id).toBe(target?.target_id);
  await stack.up("--expect-no-changes");
  await stack.well(...DESTROY);
  expect(await service.targets()).toEqual([]);
});

test("a name that is taken names what has it, and how to take it over", async () => {
  const theirs = await service.api("POST", "/targets", {
    ...{ name: NAME, protocol: "HTTP", url: "127.0.0.1:9/", target_type: "WEB_APP", scan_type: "QUICK" },
    ...{ is_sec_lead_only: true, authorized_to_scan: true },
  });
  const id = (theirs.json as { target_id: string }).target_id;

  const output = await create({ name: NAME }).upFails();

  expect(output).toContain(id);
  expect(output).toContain("adoptProjectId");
  expect(await service.targets()).toHaveLength(1);
});

test("the settings of the other service take no target for gone, and send nothing", async () => {
  const stack = create();
  await stack.up();
  await service.takeChanges();
  const { CRASHTEST_SERVICE: _veracode, ...others } = stack.environment;
  const shell = { ...others, CRASHTEST_API_KEY: "key", CRASHTEST_TEAM_ID: "42" };
  Object.assign(stack, { environment: shell });

  const up = await stack.upFails();
  const destroyed = await stack.pulumi(...DESTROY);
  const refreshed = await stack.pulumi(...REFRESH);

  expect([destroyed.exitCode, refreshed.exitCode]).not.toContain(0);
  for (const output of [up, destroyed.output, refreshed.output]) {
    expect(output).toContain("crashtest:service");
    expect(output).toContain("veracode");
  }
  expect(await service.takeChanges()).toEqual([]);
  expect(await service.targets()).toHaveLength(1);
});
