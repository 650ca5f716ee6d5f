import * as pulumi from "@pulumi/pulumi";
import type * as hooks from "../fake-hooks";
import { RecordedProgram, forgetProgram, isSecret, secretWire } from "../recorded-program";

/** The mocks of the SDK know no hooks. */
jest.mock("@pulumi/pulumi", () => jest.requireActual<typeof hooks>("../fake-hooks").pulumiWithFakeHooks());

afterEach(forgetProgram);

const LOGIN = { basic: { username: "ann", password: "p-1" } };

test.each([false, true])("a plain login is a secret as a whole (preview: %p)", async (isPreview) => {
  const program = await RecordedProgram.start({ isPreview });
  const login = { basic: { username: "ann", password: pulumi.output("p-1") } };
  const scan = new program.sdk.Scan("nightly", { projectId: 7, triggers: [], login });

  const { inputs } = await program.registered("nightly", scan);

  expect(inputs["login"]).toEqual(secretWire(LOGIN));
});

test("a scan without a login sends none", async () => {
  const program = await RecordedProgram.start();
  const scan = new program.sdk.Scan("nightly", { projectId: 7, triggers: [] });

  const { inputs } = await program.registered("nightly", scan);

  expect(inputs).not.toHaveProperty("login");
});

test("scanOnDeploy hands its login on, as an option and as a hook", async () => {
  const program = await RecordedProgram.start();
  const { Project, scanOnDeploy } = program.sdk;
  const triggers = ["1"];
  const project = new Project("shop", {
    teamId: 42,
    url: "https://shop.example",
    scanOnDeploy: { triggers, login: LOGIN },
  });
  const hook = scanOnDeploy("web", { projectId: 7, login: pulumi.output(LOGIN) }).after([project]);

  for (const scan of [project.scan, hook.scan]) {
    const name = scan === hook.scan ? "web-scan" : "shop-scan";
    expect((await program.registered(name, scan)).inputs["login"]).toEqual(secretWire(LOGIN));
    expect(await isSecret(Reflect.get(scan, "login") as pulumi.Output<unknown>)).toBe(true);
  }
});
