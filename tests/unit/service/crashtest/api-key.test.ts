import { createClient } from "pulumi-crashtest/client";
import { LoopbackServer, sendJson, statusAnswer } from "./loopback-server";
import { KEY, MockService, failureOf } from "./mock-service";

let server: LoopbackServer;
beforeEach(async () => {
  server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 200, statusAnswer(102));
  });
});
afterEach(() => server.stop());

const NAMES = ["api_key", "API_KEY"] as const;

test.each(NAMES)("a key in the header goes under the name %s, and stands in no URL", async (apiKeyName) => {
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, apiKeyName });

  await client.scans.getScanStatus("7", "5");
  await client.close();

  const [request] = server.requests;
  expect(request?.url).toBe("/projects/7/scans/5/status");
  expect(request?.rawHeaders[(request.rawHeaders.indexOf(KEY) || 1) - 1]).toBe(apiKeyName);
});

test.each(NAMES)("a key in the query goes under the name %s, and stands in no header", async (apiKeyName) => {
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, apiKeyIn: "query", apiKeyName });

  await client.scans.getScanStatus("7", "5");
  await client.close();

  const [request] = server.requests;
  expect(request?.url).toBe(`/projects/7/scans/5/status?${apiKeyName}=${KEY}`);
  expect(request?.rawHeaders).not.toContain(KEY);
});

test("a key in the query is encoded", async () => {
  const client = createClient({ endpoint: server.endpoint, apiKey: "a&b=c+d%", apiKeyIn: "query" });

  await client.scans.getScanStatus("7", "5");
  await client.close();

  expect(new URL(server.requests[0]?.url ?? "", server.endpoint).searchParams.get("api_key")).toBe("a&b=c+d%");
});

test("the path of the endpoint stands before each route", async () => {
  const client = createClient({ endpoint: `${server.endpoint}/base/`, apiKey: KEY });

  await client.scans.getScanStatus("7", "5");
  await client.close();

  expect(server.requests[0]?.url).toBe("/base/projects/7/scans/5/status");
});

test("routes of the options are the ones that are asked", async () => {
  const routes = { getScanStatus: "GET /v2/{scanId}/of/{projectId}" };
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, routes });

  await client.scans.getScanStatus("7", "5");
  await client.close();

  expect(server.requests[0]?.url).toBe("/v2/5/of/7");
});

test.each(["header", "query"] as const)(
  "without a key (sent as %s) nothing is sent, and the error says how to set one",
  async (apiKeyIn) => {
    const service = new MockService();
    const client = service.client({ apiKey: "", apiKeyIn });

    const error = await failureOf(client.projects.deleteProject("7"));
    await service.end();

    expect(error.code).toBe("CONFIGURATION_INVALID");
    expect(error.message).toContain("needed to delete project 7");
    expect(error.message).toContain("pulumi config set --secret crashtest:apiKey");
  },
);
