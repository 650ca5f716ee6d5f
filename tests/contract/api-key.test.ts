import { CALLS, OPERATIONS } from "./calls";
import { contractOperations } from "./contract-document";
import { ContractService } from "./contract-service";

const WAYS = (["header", "query"] as const).flatMap((apiKeyIn) =>
  (["api_key", "API_KEY"] as const).map((apiKeyName) => ({ apiKeyIn, apiKeyName })),
);

let service: ContractService;
let other: ContractService | undefined;

beforeAll(async () => {
  service = await ContractService.start();
});

afterEach(async () => {
  await other?.close();
  other = undefined;
});

afterAll(() => service.close());

/** How each of these operations carried the key, by the service's log. */
async function waysOf(operations: typeof OPERATIONS, way: (typeof WAYS)[number]): Promise<Record<string, unknown>> {
  const client = service.client(way);
  const seen: Record<string, unknown> = {};
  for (const operation of operations) {
    const things = await service.createScan(operation === "stopScan");
    await CALLS[operation](client, things);
    const { apiKey, status, query } = (await service.lastRequest()) ?? {};
    seen[operation] = { apiKey, isWell: status !== undefined && status < 300, query };
  }
  return seen;
}

const isKeyed = (operation: string): boolean =>
  contractOperations().some(({ id, takesKey }) => id === operation && takesKey);

test.each(WAYS)("every operation takes the key in the $apiKeyIn as $apiKeyName", async (way) => {
  const keyed = OPERATIONS.filter(isKeyed);

  const sent = { apiKey: { in: way.apiKeyIn, name: way.apiKeyName }, isWell: true, query: {} };
  expect(await waysOf(keyed, way)).toEqual(Object.fromEntries(keyed.map((operation) => [operation, sent])));
});

test.each(WAYS)("no operation of the webhook sends a key that goes in the $apiKeyIn as $apiKeyName", async (way) => {
  const keyless = OPERATIONS.filter((operation) => !isKeyed(operation));

  const sent = { apiKey: undefined, isWell: true, query: {} };
  expect(await waysOf(keyless, way)).toEqual(Object.fromEntries(keyless.map((operation) => [operation, sent])));
});

test.each(WAYS)("a key of signs that a query has to escape arrives in the $apiKeyIn as $apiKeyName", async (way) => {
  const apiKey = "k&y=1+2%20#?/;";
  other = await ContractService.start({
    seed: { teams: [{ id: 42, name: "Shop" }], users: [{ name: "anna", apiKey, teamIds: [42] }] },
  });
  const client = other.client({ ...way, apiKey });

  const { projectId } = await client.projects.createProject({
    teamId: "42",
    name: "shop",
    url: "https://shop.example.com",
    type: "webapp",
  });

  expect(projectId).toBe("1");
});
