import { ContractService, TEAM_ID } from "../contract-service";
import { PluginClient, secret, UNKNOWN, urnOf, type Wire } from "./plugin-client";

let service: ContractService;
let plugin: PluginClient;

beforeAll(async () => {
  service = await ContractService.start();
  plugin = await PluginClient.configured(service.environment, { teamId: TEAM_ID });
});

beforeEach(() => service.forgetRequests());

afterAll(async () => {
  plugin.close();
  await service.close();
});

const SHOP = urnOf("Project", "shop");
const URL = "https://shop.example.com/";

async function createShop(inputs: Wire = { url: URL }) {
  const checked = await plugin.check(SHOP, inputs);
  expect(checked.failures).toEqual([]);
  return { inputs: checked.inputs, ...(await plugin.create(SHOP, checked.inputs)) };
}

test("a project without a name and team has its resource's name and the configured team", async () => {
  const { inputs } = await plugin.check(SHOP, { url: URL });

  expect(inputs).toEqual({ name: "shop", teamId: TEAM_ID, type: "webapp", url: URL });
});

test("a resource's name can contain what separates the parts of a URN", async () => {
  const { inputs } = await plugin.check(urnOf("Project", "shop::2$x"), { url: URL });

  expect(inputs).toMatchObject({ name: "shop::2$x" });
});

test("all failures of a check are reported at once, without the property whose value the engine would print", async () => {
  const { failures } = await plugin.check(SHOP, { url: "no address", teamId: "none" });

  expect(failures).toEqual([
    { property: "", reason: "teamId must be a positive whole number, such as 42" },
    { property: "", reason: "url must be an address such as https://shop.example.com" },
  ]);
});

test("a preview sends no request, and knows what the program says", async () => {
  const { inputs } = await plugin.check(SHOP, { url: UNKNOWN });
  const { id, state } = await plugin.create(SHOP, inputs, true);

  expect(id).toBe("");
  expect(state).toEqual({
    name: "shop",
    teamId: TEAM_ID,
    type: "webapp",
    url: UNKNOWN,
    projectId: UNKNOWN,
    service: UNKNOWN,
    verificationFileName: UNKNOWN,
    verificationFileContent: UNKNOWN,
    verificationTxtRecord: UNKNOWN,
  });
  expect(await service.requests()).toEqual([]);
});

test("a preview knows the ID of a project that is adopted", async () => {
  const { state } = await plugin.create(SHOP, { name: "shop", adoptProjectId: "7" }, true);

  expect(state).toMatchObject({ projectId: "7" });
  expect(plugin.textsOn(SHOP)).toEqual(["project 7 will be taken into the stack"]);
});

test("a project is created, changes nothing, and is deleted", async () => {
  const { inputs, id, state } = await createShop();

  expect(state).toMatchObject({
    projectId: id,
    url: URL,
    name: "shop",
    verificationTxtRecord: expect.any(String) as string,
  });
  const difference = await plugin.diff(SHOP, id, { olds: state, oldInputs: inputs, news: inputs });
  expect(difference).toMatchObject({ changes: false, details: {} });

  await plugin.delete(SHOP, id, state);
  expect((await service.requests()).map(({ method }) => method)).toEqual(["POST", "DELETE"]);
});

test("a changed address replaces a project, and the difference names it", async () => {
  const { inputs, id, state } = await createShop();
  const { inputs: news } = await plugin.check(SHOP, { url: `${URL}new` }, inputs);

  expect(await plugin.diff(SHOP, id, { olds: state, oldInputs: inputs, news })).toEqual({
    changes: true,
    replaces: ["url"],
    deleteBeforeReplace: false,
    details: { url: "UPDATE_REPLACE" },
  });
});

test("what is given as a secret is a secret in the checked inputs and in the outputs", async () => {
  const { inputs, state } = await createShop({ url: secret(URL) });

  expect([inputs["url"], state["url"]]).toEqual([secret(URL), secret(URL)]);
  expect(state["name"]).toBe("shop");
});

test("a state of a dynamic resource is taken as it is", async () => {
  const { inputs, id, state } = await createShop();
  const olds = { ...state, __provider: "exports.handler=..." };
  const oldInputs = { ...inputs, __provider: "exports.handler=..." };

  expect(await plugin.diff(SHOP, id, { olds, oldInputs, news: inputs })).toMatchObject({ changes: false, details: {} });
});

test("a refresh keeps the state and the inputs of a project, which the service cannot read", async () => {
  const { inputs, id, state } = await createShop();

  expect(await plugin.read(SHOP, id, { state, inputs })).toEqual({ id, state, inputs });
});

test("a program can look up a project by its ID alone, but not import it", async () => {
  expect(await plugin.read(SHOP, "7", { state: {}, inputs: {} })).toEqual({
    id: "7",
    state: { projectId: "7" },
    inputs: {},
  });
  await expect(plugin.read(SHOP, "7")).rejects.toMatchObject({
    details:
      "crashtest:index:Project cannot be imported: the service cannot read projects. Declare it with adoptProjectId instead.",
  });
});

test("an error of the service is told without its gRPC code and without the key", async () => {
  await service.addFault({
    operation: "createProject",
    kind: "status",
    status: 403,
    body: { message: "key-of-anna-3e9a" },
  });
  const { inputs } = await plugin.check(SHOP, { url: URL });

  const failure = await plugin.create(SHOP, inputs).catch((error: unknown) => error);

  expect(failure).toMatchObject({ details: expect.stringMatching(/^Could not create project "shop"/) as string });
  expect(String(failure)).not.toContain("key-of-anna");
});

test("a type that is not of the plugin is refused", async () => {
  const urn = "urn:pulumi:dev::shops::crashtest:index:Shop::shop";

  await expect(plugin.check(urn, {})).rejects.toMatchObject({ details: "unknown resource type crashtest:index:Shop" });
});
