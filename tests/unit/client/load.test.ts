import type { ServerResponse } from "node:http";
import { createClient } from "pulumi-crashtest/client";
import { LoopbackServer, sendJson, statusAnswer } from "./loopback-server";
import { KEY } from "./mock-service";

let server: LoopbackServer;
afterEach(() => server.stop());

test.each([1, 3])("never more than maxRequestsInFlight (%i) requests are under way", async (maxRequestsInFlight) => {
  let underWay = 0;
  let most = 0;
  server = await LoopbackServer.start((_request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    setTimeout(() => {
      underWay -= 1;
      sendJson(response, 200, statusAnswer(102));
    }, 5);
  });
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, maxRequestsInFlight });

  await Promise.all(Array.from({ length: 20 }, () => client.scans.getScanStatus("7", "5")));
  await client.close();

  expect(server.requests).toHaveLength(20);
  expect(most).toBe(maxRequestsInFlight);
});

test("requestsPerSecond spreads requests over time", async () => {
  const times: number[] = [];
  server = await LoopbackServer.start((_request, response) => {
    times.push(performance.now());
    sendJson(response, 200, statusAnswer(102));
  });
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, requestsPerSecond: 50 });

  await Promise.all(Array.from({ length: 6 }, () => client.scans.getScanStatus("7", "5")));
  await client.close();

  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(80);
});

test("after a 429 requests that come later wait as well", async () => {
  const times: number[] = [];
  server = await LoopbackServer.start((_request, response: ServerResponse, count) => {
    times.push(performance.now());
    if (count === 1) sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "1" });
    else sendJson(response, 200, statusAnswer(102));
  });
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY });
  const refused = client.scans.startScan("7").catch(() => undefined);
  while (times.length === 0) await new Promise(setImmediate);
  await new Promise((resolve) => setTimeout(resolve, 20));

  await client.scans.getScanStatus("7", "5");
  await refused;
  await client.close();

  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950);
});
