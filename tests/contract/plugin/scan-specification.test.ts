import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { ContractService } from "../contract-service";
import { inOwnFolder } from "../own-folder";
import { asset, PluginClient, secret, UNKNOWN, urnOf, type Wire } from "./plugin-client";

const SCAN = urnOf("Scan", "nightly");
const TEXT = '{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{"/":{"get":{"responses":{}}}}}';
const DIGEST = createHash("sha256").update(TEXT).digest("hex");

let service: ContractService;
let plugin: PluginClient;
let projectId: string;
let documents: Server;
let address: string;
let isThere: boolean;
const folder = inOwnFolder();

beforeAll(async () => {
  service = await ContractService.start();
  ({ projectId } = await service.createProject(true));
  documents = createServer((_request, response) => {
    response.statusCode = isThere ? 200 : 404;
    response.end(TEXT);
  });
  await new Promise<void>((resolve) => documents.listen(0, "127.0.0.1", resolve));
  const { port } = documents.address() as { port: number };
  address = `http://127.0.0.1:${port}/openapi.json`;
});

beforeEach(async () => {
  plugin = await PluginClient.configured(service.environment);
});

afterEach(() => {
  plugin.close();
});

afterAll(async () => {
  documents.close();
  await service.close();
});

test("an API specification is an asset, a file, a text or an address, of which the state has the digest", async () => {
  isThere = true;
  writeFileSync(join(folder(), "openapi.json"), TEXT);
  const forms = [
    asset({ text: TEXT }),
    asset({ path: "openapi.json" }),
    { file: "openapi.json" },
    { inline: TEXT },
    address,
  ];

  for (const apiSpecification of forms) {
    const { inputs, failures } = await plugin.check(SCAN, { projectId, triggers: [], apiSpecification });
    expect([failures, inputs["apiSpecification"]]).toEqual([[], DIGEST]);
  }
});

test("one that the program ignores keeps its digest, by which no other scan can start", async () => {
  const given = { projectId, triggers: ["v1"], apiSpecification: asset({ text: TEXT }) };
  const { inputs } = await plugin.check(SCAN, given);
  const { id, state } = await plugin.create(SCAN, inputs);

  // The next run is of a process that has not read the text.
  plugin.close();
  plugin = await PluginClient.configured(service.environment);
  const ignored: Wire = { ...given, apiSpecification: DIGEST };
  const { inputs: same, failures } = await plugin.check(SCAN, ignored, inputs);
  expect([failures, same]).toEqual([[], inputs]);
  expect(await plugin.diff(SCAN, id, { olds: state, oldInputs: inputs, news: same })).toMatchObject({ changes: false });
  const { inputs: news } = await plugin.check(SCAN, { ...ignored, triggers: ["v2"] }, inputs);
  await expect(plugin.update(SCAN, id, state, news)).rejects.toMatchObject({
    details: expect.stringContaining(
      "text of its apiSpecification is unknown, since that is in ignoreChanges",
    ) as string,
  });
  await plugin.delete(SCAN, id, state);
});

test("an address that cannot be read yet is a secret where it has a query", async () => {
  isThere = false;
  const withQuery = `${address}?token=swordfish`;

  const { inputs } = await plugin.check(SCAN, { projectId, triggers: [], apiSpecification: withQuery });

  expect(inputs["apiSpecification"]).toEqual(secret(withQuery));
  const { state } = await plugin.create(SCAN, inputs, true);
  expect(JSON.stringify(state)).not.toContain("swordfish");
});

test("an address that cannot be read yet is read again before the scan starts", async () => {
  isThere = false;
  const { inputs, failures } = await plugin.check(SCAN, { projectId, triggers: [], apiSpecification: address });
  expect([failures, inputs["apiSpecification"]]).toEqual([[], address]);
  expect(plugin.textsOn(SCAN).at(-1)).toContain("apiSpecification cannot be read yet");
  const { state: foreseen } = await plugin.create(SCAN, inputs, true);
  expect(foreseen["apiSpecification"]).toBe(UNKNOWN);
  await expect(plugin.create(SCAN, inputs)).rejects.toMatchObject({
    details: expect.stringContaining("apiSpecification cannot be read") as string,
  });

  isThere = true;
  const { id, state } = await plugin.create(SCAN, inputs);
  expect(state["apiSpecification"]).toBe(DIGEST);
  const { inputs: news } = await plugin.check(SCAN, { projectId, triggers: [], apiSpecification: address }, inputs);
  const difference = await plugin.diff(SCAN, id, { olds: state, oldInputs: inputs, news });
  expect(difference).toMatchObject({ changes: false });
  await plugin.delete(SCAN, id, state);
});
