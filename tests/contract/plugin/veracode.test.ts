import { VeracodeContractService } from "../veracode-service";
import { PluginClient, secret, UNKNOWN, urnOf } from "./plugin-client";

let service: VeracodeContractService;
let plugin: PluginClient;

beforeAll(async () => {
  service = await VeracodeContractService.start();
  plugin = await PluginClient.configured(service.environment);
});

afterAll(async () => {
  plugin.close();
  await service.close();
});

const SHOP = urnOf("Project", "shop");
const DECLARED = { url: "https://finished.example.com", authorizedToScan: true } as const;

async function createShop(name?: string) {
  const { inputs, failures } = await plugin.check(SHOP, { ...DECLARED, ...(name !== undefined && { name }) });
  expect(failures).toEqual([]);
  return { inputs, ...(await plugin.create(SHOP, inputs)) };
}

test("a project without a name is named after project, stack and resource, and keeps that name", async () => {
  const { inputs } = await plugin.check(SHOP, DECLARED);
  expect(inputs).toMatchObject({ name: "shops-dev-shop" });

  const { inputs: later } = await plugin.check(urnOf("Project", "renamed"), DECLARED, inputs);
  expect(later).toMatchObject({ name: "shops-dev-shop" });
});

test("a preview knows what the program says, and of a change all that stays", async () => {
  const { inputs } = await plugin.check(SHOP, DECLARED);
  const { state } = await plugin.create(SHOP, inputs, true);
  expect(state).toMatchObject({ ...DECLARED, projectId: UNKNOWN, createdAt: UNKNOWN, description: UNKNOWN });
  expect(state).not.toHaveProperty("verificationFileName");

  const changed = await plugin.update(
    SHOP,
    "7",
    { projectId: "7", createdAt: "then" },
    { ...inputs, name: "new" },
    true,
  );
  expect(changed).toMatchObject({ projectId: "7", createdAt: "then", name: "new" });
});

test("an import takes the project's inputs from the service, and changes nothing", async () => {
  const { id } = await createShop("imported");

  const read = await plugin.read(SHOP, id);

  expect(read.state).toMatchObject({ projectId: id, name: "imported", createdAt: expect.any(String) as string });
  expect(read.inputs).toEqual({ ...DECLARED, name: "imported", type: "webapp", scanType: "quick" });
  const { inputs, failures } = await plugin.check(SHOP, read.inputs, read.inputs);
  expect(failures).toEqual([]);
  expect(await plugin.diff(SHOP, id, { olds: read.state, oldInputs: read.inputs, news: inputs })).toMatchObject({
    changes: false,
  });
});

test("a refresh sees what was changed elsewhere, and the difference says that it was", async () => {
  const { inputs, id, state } = await createShop("refreshed");
  await service.port().updateProject(id, { ...DECLARED, type: "webapp", scanType: "quick", name: "elsewhere" });

  const read = await plugin.read(SHOP, id, { state, inputs });

  expect(read.inputs).toEqual(inputs);
  expect(await plugin.diff(SHOP, id, { olds: read.state, oldInputs: inputs, news: inputs })).toEqual({
    changes: true,
    replaces: [],
    deleteBeforeReplace: true,
    details: { name: "UPDATE at the service" },
  });
  expect(await plugin.update(SHOP, id, read.state, inputs)).toMatchObject({ name: "refreshed" });
});

test("a project that is gone leaves the state", async () => {
  const { inputs, id, state } = await createShop("gone");
  await plugin.delete(SHOP, id, state);

  expect(await plugin.read(SHOP, id, { state, inputs })).toMatchObject({ id: "" });
});

test("a secret stays one through a refresh and a change in place", async () => {
  const url = secret("https://finished.example.com/secret");
  const { inputs } = await plugin.check(SHOP, { ...DECLARED, url, name: "hidden" });
  const { id, state } = await plugin.create(SHOP, inputs);

  expect((await plugin.read(SHOP, id, { state, inputs })).state["url"]).toEqual(url);
  expect((await plugin.update(SHOP, id, state, { ...inputs, name: "still hidden" }))["url"]).toEqual(url);
});
