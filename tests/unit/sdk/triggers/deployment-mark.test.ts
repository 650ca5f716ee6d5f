import * as pulumi from "@pulumi/pulumi";
import { DeploymentMark } from "../../../../sdk/triggers/deployment-mark";
import { clearEnvironment, restoreEnvironment } from "../environment";
import type { FakeHook } from "../fake-hooks";
import type * as hooks from "../fake-hooks";
import { forgetProgram, RecordedProgram, UNKNOWN_WIRE } from "../recorded-program";

/** The mocks of the SDK know no hooks. */
jest.mock("@pulumi/pulumi", () => jest.requireActual<typeof hooks>("../fake-hooks").pulumiWithFakeHooks());

/** What keeps the token that is in state. */
const KEEP = "keep";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

class Service extends pulumi.CustomResource {
  constructor(name: string, type = "any:index:Service") {
    super(type, name, { image: "v1" });
  }
}

let program: RecordedProgram;

const start = async (isPreview: boolean): Promise<void> => {
  forgetProgram();
  program = await RecordedProgram.start({ isPreview });
};

beforeEach(clearEnvironment);

afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

const hookOf = (mark: DeploymentMark): FakeHook => mark.hooks.afterCreate?.[0] as unknown as FakeHook;

/** The token that a scan is sent with. */
async function tokenOf(mark: DeploymentMark, resources: readonly pulumi.Resource[]): Promise<unknown> {
  const scan = new program.sdk.Scan("web-scan", { projectId: 7, triggers: mark.triggersOf(resources) });
  return ((await program.registered("web-scan", scan)).inputs["triggers"] as Record<string, unknown>)["$deployed"];
}

test("the hook is named by the mark, and is called in a preview, too", async () => {
  await start(false);

  const { name, options } = hookOf(new DeploymentMark("web"));

  expect({ name, options }).toEqual({ name: "crashtest-scan-on-deploy-web", options: { onDryRun: true } });
});

test.each([
  ["a deployment", false],
  ["a preview", true],
])("in %s, where no resource was deployed, the token is that of the state", async (_what, isPreview) => {
  await start(isPreview);

  expect(await tokenOf(new DeploymentMark("web"), [new Service("web")])).toBe(KEEP);
});

test("in a deployment, where a resource was deployed, the token is a new one each time", async () => {
  const tokens: unknown[] = [];
  for (let run = 0; run < 2; run += 1) {
    await start(false);
    const mark = new DeploymentMark("web");
    hookOf(mark).callback();
    tokens.push(await tokenOf(mark, [new Service("web")]));
  }

  expect(tokens).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
  expect(tokens[0]).not.toBe(tokens[1]);
});

test("in a preview, where a resource will be deployed, the token is unknown", async () => {
  await start(true);
  const mark = new DeploymentMark("web");
  hookOf(mark).callback();

  expect(await tokenOf(mark, [new Service("web")])).toBe(UNKNOWN_WIRE);
});

test("a mark that comes while the resources are deployed counts", async () => {
  await start(false);
  const mark = new DeploymentMark("web");
  const web = new Service("web");
  const triggers = mark.triggersOf([web]);
  hookOf(mark).callback();

  const scan = new program.sdk.Scan("web-scan", { projectId: 7, triggers });

  const { inputs } = await program.registered("web-scan", scan);
  expect((inputs["triggers"] as Record<string, string>)["$deployed"]).toMatch(UUID);
});

test("marks are told apart", async () => {
  await start(false);
  const [marked, other] = [new DeploymentMark("web"), new DeploymentMark("db")];

  hookOf(marked).callback();

  expect(await tokenOf(other, [new Service("web")])).toBe(KEEP);
});

test("each resource with outputs is a trigger of its own", async () => {
  await start(false);
  const [web, db, other] = [new Service("web"), new Service("db"), new Service("web", "any:index:Other")];

  const triggers = new DeploymentMark("web").triggersOf([web, db, other]);

  expect(Object.entries(triggers).slice(1)).toEqual([
    ["$resource:web", web],
    ["$resource:db", db],
    ["$resource#2:web", other],
  ]);
});
