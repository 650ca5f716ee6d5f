import * as pulumi from "@pulumi/pulumi";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, RecordedProgram, secretWire, settled } from "./recorded-program";

const PROVIDER_TEXT = 'exports.handler=()=>require("pulumi-crashtest/provider/project")';
const URL_OF_SHOP = "https://shop.example.com";

beforeEach(clearEnvironment);

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

test("a project is registered under the frozen type and provider text, with what it was given", async () => {
  const program = await RecordedProgram.start();
  const args = { teamId: 42, url: URL_OF_SHOP, name: "The shop", type: "api", adoptProjectId: "9" };

  const shop = new program.sdk.Project("shop", args);

  const { type, inputs } = await program.registered("shop", shop);
  expect(type).toBe("pulumi-nodejs:dynamic/crashtest:Project");
  expect(inputs).toEqual({ ...args, __provider: PROVIDER_TEXT });
});

test("a project's name is the logical name where none is given, and its type is left to the provider", async () => {
  const program = await RecordedProgram.start();

  const shop = new program.sdk.Project("shop", { teamId: "42", url: pulumi.output(URL_OF_SHOP) });

  const { inputs } = await program.registered("shop", shop);
  expect(inputs).toEqual({ teamId: "42", url: URL_OF_SHOP, name: "shop", __provider: PROVIDER_TEXT });
});

test("at Veracode a project has a default name that is unique in the organisation, and what only that service takes", async () => {
  process.env["CRASHTEST_SERVICE"] = "veracode";
  const program = await RecordedProgram.start();
  const args = { url: URL_OF_SHOP, scanType: "enterprise", description: "The shop", authorizedToScan: true };

  const shop = new program.sdk.Project("shop", args);

  const { inputs, deleteBeforeReplace } = await program.registered("shop", shop);
  expect(inputs).toEqual({ ...args, defaultName: "project-stack-shop", __provider: PROVIDER_TEXT });
  expect(deleteBeforeReplace).toBe(true);
});

test("a secret input stays a secret on its way to the engine", async () => {
  const program = await RecordedProgram.start();

  const shop = new program.sdk.Project("shop", { teamId: 42, url: pulumi.secret(URL_OF_SHOP) });

  const { inputs } = await program.registered("shop", shop);
  expect(inputs["url"]).toEqual(secretWire(URL_OF_SHOP));
});

test("projectId is an output", async () => {
  const program = await RecordedProgram.start();

  const shop = new program.sdk.Project("shop", { teamId: 42, url: URL_OF_SHOP });

  expect(await settled(shop.projectId)).toBe("7");
});

test("Project.get looks a project up by its ID and tells nothing else of it", async () => {
  const program = await RecordedProgram.start({ config: { "crashtest:teamId": "42" } });

  const shop = program.sdk.Project.get("shop", "31");

  const { type, inputs, id } = await program.registered("shop", shop);
  expect({ type, id }).toEqual({ type: "pulumi-nodejs:dynamic/crashtest:Project", id: "31" });
  expect(inputs).toEqual({ __provider: PROVIDER_TEXT });
  expect(await settled(shop.projectId)).toBe("31");
  expect(await settled(pulumi.all([shop.teamId, shop.url, shop.name, shop.type]))).toEqual(Array(4).fill(undefined));
});

describe("teamId", () => {
  const teamIdOf = async (program: RecordedProgram, given?: number): Promise<unknown> => {
    const shop = new program.sdk.Project("shop", { url: URL_OF_SHOP, ...(given !== undefined && { teamId: given }) });
    return (await program.registered("shop", shop)).inputs["teamId"];
  };
  const config = { "crashtest:teamId": "42" };

  test("comes from the configuration where it is not given", async () => {
    expect(await teamIdOf(await RecordedProgram.start({ config }))).toBe("42");
  });

  test("comes from the environment where the configuration has none", async () => {
    process.env["CRASHTEST_TEAM_ID"] = "43";

    expect(await teamIdOf(await RecordedProgram.start())).toBe("43");
  });

  test("comes from the configuration where both have it", async () => {
    process.env["CRASHTEST_TEAM_ID"] = "43";

    expect(await teamIdOf(await RecordedProgram.start({ config }))).toBe("42");
  });

  test("that is empty in the configuration counts as unset", async () => {
    process.env["CRASHTEST_TEAM_ID"] = "43";

    expect(await teamIdOf(await RecordedProgram.start({ config: { "crashtest:teamId": " " } }))).toBe("43");
  });

  test("given in the program wins over both", async () => {
    process.env["CRASHTEST_TEAM_ID"] = "43";

    expect(await teamIdOf(await RecordedProgram.start({ config }), 44)).toBe(44);
  });

  test("that is nowhere is left out, for check to name with all else that is wrong", async () => {
    expect(await teamIdOf(await RecordedProgram.start())).toBeUndefined();
  });
});
