import * as pulumi from "@pulumi/pulumi";
import type { ScanOnDeployArgs } from "pulumi-crashtest";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { errorLike } from "./error-like";
import type * as hooks from "./fake-hooks";
import { forgetProgram, RecordedProgram, secretWire, settled } from "./recorded-program";

/** What a gate decides is another test's; here nobody is asked. */
jest.mock("../../../gate/program/decide-in-program", () => ({
  decideInProgram: () => pulumi.output(pulumi.unknown),
}));
/** The mocks of the SDK know no hooks. */
jest.mock("@pulumi/pulumi", () => jest.requireActual<typeof hooks>("./fake-hooks").pulumiWithFakeHooks());

const WEBHOOK = "3f2b1c9a-7d4e-4c1b-9a53-0e6f8d2a7b11";
/** What keeps the token that is in state. */
const NO_MARK = "keep";

class Service extends pulumi.CustomResource {
  constructor(name: string, outputs: pulumi.Inputs = { image: "v1" }) {
    super("any:index:Service", name, outputs);
  }
}

class Component extends pulumi.ComponentResource {
  constructor(name: string) {
    super("any:index:Component", name);
  }
}

let program: RecordedProgram;

beforeEach(async () => {
  clearEnvironment();
  program = await RecordedProgram.start({ isPreview: true });
});

afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

const BY_PROJECT: ScanOnDeployArgs = { projectId: 7 };
const onDeploy = (args: ScanOnDeployArgs = BY_PROJECT) => program.sdk.scanOnDeploy("web", args);

/** The inputs of the scan after these resources. */
async function scanInputs(resources: readonly pulumi.Resource[], args?: ScanOnDeployArgs) {
  const { scan } = onDeploy(args).after(resources);
  return (await program.registered("web-scan", scan)).inputs;
}

test("the hooks are one hook, after a create and after an update", () => {
  const { hooks } = onDeploy();

  expect(Object.keys(hooks).sort()).toEqual(["afterCreate", "afterUpdate"]);
  expect(hooks.afterCreate).toHaveLength(1);
  expect(hooks.afterUpdate).toEqual(hooks.afterCreate);
});

test("after() scans with a mark and a digest for each resource as triggers, beside the user's", async () => {
  const web = new Service("web-service");

  const inputs = await scanInputs([web], { projectId: 7, triggers: ["v2"] });

  expect(Object.keys(inputs["triggers"] as object).sort()).toEqual(["$deployed", "$resource:web-service", "0"]);
  expect(Object.keys(inputs["resourceDigests"] as object)).toEqual(["$resource:web-service"]);
});

test("two resources of one name have two triggers", async () => {
  const inputs = await scanInputs([new Service("twin"), new Service("twin")]);

  expect(Object.keys(inputs["triggers"] as object).sort()).toEqual(["$deployed", "$resource#1:twin", "$resource:twin"]);
});

test("a component is refused, since it is there before its children are", () => {
  expect(() => onDeploy().after([new Component("web")])).toThrow(/web is a component\. List the resources in it/);
});

test("a trigger of the user's may not have a name like those of the hook", () => {
  const args = { projectId: 7, triggers: { $deployed: 1 } };

  expect(() => onDeploy(args).after([new Service("web-service")])).toThrow(/trigger \$deployed has a name/);
});

test("without a deployed resource the mark is the one that is in state", async () => {
  const inputs = await scanInputs([new Service("web-service")]);

  expect(inputs["triggers"]).toMatchObject({ $deployed: NO_MARK });
});

test.each([
  [undefined, undefined],
  [false, undefined],
  [true, "restart"],
  [{}, "restart"],
  [{ failOn: "low" as const }, "restart"],
])("with the gate %j the scan's whenRunning is %j", async (gate, expected) => {
  const inputs = await scanInputs([new Service("service")], { projectId: 7, gate });

  expect(inputs["whenRunning"]).toBe(expected);
});

test("whenRunning can be given, also with a gate", async () => {
  const inputs = await scanInputs([new Service("service")], { projectId: 7, gate: true, whenRunning: "join" });

  expect(inputs["whenRunning"]).toBe("join");
});

test("by webhook a gate joins, and the webhook stays a secret", async () => {
  const inputs = await scanInputs([new Service("service")], { webhook: WEBHOOK, gate: { acceptJoined: true } });

  expect(inputs["whenRunning"]).toBeUndefined();
  expect(inputs["webhook"]).toEqual(secretWire(WEBHOOK));
});

test("settings of the gate are no inputs of the scan", async () => {
  expect(
    Object.keys(await scanInputs([new Service("service")], { projectId: 7, gate: { failOn: "low" } })),
  ).not.toContain("gate");
});

describe("after()", () => {
  const message = (what: string) => ({
    code: "ARGUMENT_INVALID",
    message: `scanOnDeploy("web"): after() ${what}. Call it once, with all the resources that the hooks are bound to.`,
  });

  test("without a resource is refused", () => {
    expect(() => onDeploy().after([])).toThrow(errorLike(message("needs at least one resource")));
  });

  test("is refused the second time", () => {
    const hook = onDeploy();
    hook.after([new Service("service")]);

    expect(() => hook.after([new Service("other")])).toThrow(
      errorLike(message("was already called, and starts one scan only")),
    );
  });

  test("can be called again after one that was refused", () => {
    const hook = onDeploy();
    expect(() => hook.after([])).toThrow();

    expect(hook.after([new Service("service")]).scan).toBeInstanceOf(program.sdk.Scan);
  });
});

describe("the gate", () => {
  test("is there where it is asked for, under its name", async () => {
    const { gate, verdict } = onDeploy({ projectId: 7, gate: true }).after([new Service("service")]);

    expect(gate).toBeInstanceOf(program.sdk.ScanGate);
    expect(gate.verdict).toBe(verdict);
    expect(await program.registered("web-gate", gate)).toMatchObject({ type: "crashtest:index:ScanGate" });
  });

  test.each([undefined, false])("%p is none: its getters say what to set", async (gate) => {
    const deployed = onDeploy({ projectId: 7, gate }).after([new Service("service")]);
    const refusal = errorLike({
      code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
      message: 'The scan of "web" has no gate. Set gate: true, or its settings, in scanOnDeploy.',
    });

    expect(() => deployed.gate).toThrow(refusal);
    expect(() => deployed.verdict).toThrow(refusal);
    expect(await settled(deployed.scanId)).toBe("12");
    expect(program.registrations.some(({ name }) => name === "web-gate")).toBe(false);
  });
});

describe("a project's scanOnDeploy", () => {
  const ARGS = { teamId: 42, url: "https://shop.example.com" };

  test("has a gate beside the project, and restarts", async () => {
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: { triggers: [], gate: { failOn: "low" } } });

    expect(await program.registered("shop-gate", shop.gate)).toMatchObject({
      type: "crashtest:index:ScanGate",
      parent: "",
    });
    expect((await program.registered("shop-scan", shop.scan)).inputs["whenRunning"]).toBe("restart");
  });

  test("has scan and gate under the project's own parent", async () => {
    const parent = new Component("all-shops");
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: { gate: true } }, { parent });

    const registrations = [
      await program.registered("shop", shop),
      await program.registered("shop-scan", shop.scan),
      await program.registered("shop-gate", shop.gate),
    ];
    expect(registrations.map((registration) => registration.parent)).toEqual(Array(3).fill("all-shops"));
  });

  test("without a gate says how to have one", () => {
    const shop = new program.sdk.Project("shop", { ...ARGS, scanOnDeploy: true });

    expect(() => shop.gate).toThrow(
      errorLike({
        code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
        message: 'The scan of "shop" has no gate. Set gate: true, or its settings, in scanOnDeploy.',
      }),
    );
  });

  test("absent makes gate say that there is no scan", () => {
    const shop = new program.sdk.Project("shop", ARGS);

    expect(() => shop.gate).toThrow(errorLike({ message: expect.stringContaining('Project "shop" has no scan') }));
  });
});

test("scan, gate and verdict of a project that had another name had other names too", async () => {
  const older = "urn:pulumi:stack::project::any:index:Shop$crashtest:index:Project::older";
  const shop = new program.sdk.Project(
    "shop",
    { url: "https://shop.example.com", teamId: 42, scanOnDeploy: { gate: true } },
    { aliases: [{ name: "old" }, older] },
  );

  const scan = await program.registered("shop-scan", shop.scan);
  const gate = await program.registered("shop-gate", shop.gate);
  const verdict = program.registrations.find(({ name }) => name === "shop-gate-verdict");

  const [now, inShop] = ["urn:pulumi:stack::project::", "urn:pulumi:stack::project::any:index:Shop$"];
  expect(scan.aliases).toEqual([`${now}${scan.type}::old-scan`, `${inShop}${scan.type}::older-scan`]);
  expect(gate.aliases).toEqual([`${now}${gate.type}::old-gate`, `${inShop}${gate.type}::older-gate`]);
  expect(verdict?.aliases).toEqual([
    `${now}${gate.type}$${String(verdict?.type)}::old-gate-verdict`,
    `${inShop}${gate.type}$${String(verdict?.type)}::older-gate-verdict`,
  ]);
});
