import { UNKNOWN, type Values } from "../../../../../provider/lifecycle/lifecycle";
import { digestOfSpecification } from "../../../../../provider/lifecycle/reach/api-specification";
import { scanLifecycle, type ScanResourceState } from "../../../../../provider/lifecycle/scan";
import { FakeService, NOW, SERVICE } from "../fake-service";

const TEXT = 'openapi: 3.0.3\npaths: { /orders: { get: { responses: { "200": { description: ok } } } } }\n';
const DIGEST = digestOfSpecification(TEXT);
const URL = "https://shop.example/openapi.json?token=s3cr3t";
const SHOWN = "https://shop.example/openapi.json";

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

const check = (apiSpecification: unknown, more: Values = { isDeployment: true }) =>
  scanLifecycle.check(service.context, {}, { projectId: "7", triggers: {}, apiSpecification, ...more });

test.each([
  ["the text of a file", { name: "api.yaml", text: TEXT }],
  ["an inline text", { text: TEXT }],
  ["what is at an address", { url: URL }],
])("%s is kept by its digest, and its text until the start", async (_what, given) => {
  service.addresses.set(URL, { text: TEXT });

  const { inputs, failures } = await check(given);
  const { state } = await scanLifecycle.create(service.context, inputs as never);

  expect(failures).toEqual([]);
  expect(inputs).toEqual({ projectId: "7", triggers: {}, whenRunning: "join", apiSpecification: DIGEST });
  expect(service.starts).toEqual([{ login: undefined, apiSpecification: TEXT }]);
  expect(state).toMatchObject({ apiSpecification: DIGEST });
  expect(JSON.stringify(state)).not.toContain("paths");
});

test.each<[string, object, string]>([
  [
    "an unreadable file",
    { name: "api.yaml", problem: "it is not a file" },
    "cannot be read (api.yaml): it is not a file",
  ],
  [
    "what is no document",
    { name: "api.yaml", text: "a: 1\nswagger: 2\n" },
    'is invalid (api.yaml, line 2): it must have swagger: "2.0", or openapi: "3.0.x" or "3.1.x", as a text',
  ],
  ["an invalid inline text", { text: "openapi: 3.0.0\npaths: []" }, "is invalid (line 2): paths must be an object"],
  ["an address that does not answer", { url: URL }, `cannot be read (${SHOWN}): nobody answers`],
])("%s is refused", async (_what, given, reason) => {
  const { failures } = await check(given);

  expect(failures).toEqual([{ property: "apiSpecification", reason }]);
});

test("an invalid document at an address is told with the address, without its query", async () => {
  service.addresses.set(URL, { text: "openapi: 3.0.0\n" });

  const { failures } = await check({ url: URL });

  expect(failures).toEqual([
    { property: "apiSpecification", reason: `is invalid (${SHOWN}, line 1): paths must be an object` },
  ]);
});

test.each([{}, { isDeployment: UNKNOWN }])(
  "in a preview (%j) an address that does not answer is unknown",
  async (more) => {
    const { inputs, failures } = await check({ url: URL }, more);

    expect(failures).toEqual([]);
    expect(inputs["apiSpecification"]).toBe(UNKNOWN);
    expect(service.warnings).toEqual([`apiSpecification cannot be read yet (${SHOWN}): nobody answers`]);
  },
);

test.each([[UNKNOWN], [{ name: "a", text: UNKNOWN }]])("%p is unknown", async (given) => {
  expect((await check(given)).inputs["apiSpecification"]).toBe(UNKNOWN);
});

const state: ScanResourceState = {
  projectId: "7",
  triggers: { "0": "aaa" },
  whenRunning: "join",
  scanId: "1",
  joined: false,
  startedAt: NOW,
  service: SERVICE,
};
const OTHER = digestOfSpecification("other");

test.each<[string, string | undefined, unknown, string | undefined]>([
  ["added", undefined, DIGEST, "Another scan follows scan 1 of project 7: apiSpecification changed."],
  ["removed", DIGEST, undefined, "Another scan follows scan 1 of project 7: apiSpecification changed."],
  ["changed", OTHER, DIGEST, "Another scan follows scan 1 of project 7: apiSpecification changed."],
  [
    "not known yet",
    DIGEST,
    UNKNOWN,
    "Another scan may follow scan 1 of project 7: apiSpecification is known only after the deployment.",
  ],
  ["the same", DIGEST, DIGEST, undefined],
  ["absent as before", undefined, undefined, undefined],
])("a specification that is %s", async (_what, old, now, told) => {
  service.begin();
  const olds = old === undefined ? state : { ...state, apiSpecification: old };
  const news = { projectId: "7", triggers: { "0": "aaa" }, ...(now !== undefined && { apiSpecification: now }) };

  const { changes } = await scanLifecycle.diff(service.context, "7/1", olds, news);

  expect(changes).toBe(told !== undefined);
  expect(service.told).toEqual(told === undefined ? [] : [told]);
});

test("an update starts with the new specification", async () => {
  service.specifications.set(DIGEST, TEXT);
  service.begin();
  service.end("finished");

  const next = await scanLifecycle.update(
    service.context,
    "7/1",
    { ...state, apiSpecification: OTHER },
    { ...state, apiSpecification: DIGEST },
  );

  expect(service.starts).toEqual([{ login: undefined, formerLogin: [], apiSpecification: TEXT }]);
  expect(next.apiSpecification).toBe(DIGEST);
});

test("one that the program ignores keeps its digest, by which no other scan can start", async () => {
  const { inputs, failures } = await check(DIGEST);

  expect([failures, inputs["apiSpecification"]]).toEqual([[], DIGEST]);
  await expect(scanLifecycle.create(service.context, inputs as never)).rejects.toThrow(
    "A scan is to start, but the text of its apiSpecification is unknown, since that is in ignoreChanges",
  );
  expect(service.starts).toEqual([]);
});
