import type { ServerResponse } from "node:http";
import { createClient } from "pulumi-crashtest/client";
import { LoopbackServer, sendJson, statusAnswer } from "./loopback-server";
import { KEY } from "./mock-service";

let server: LoopbackServer;
afterEach(() => server.stop());

test.each([1, 3])("never more than maxRequestsInFlight (%i) requests are under way", async (maxRequestsInFlight) => {
  let underWay = 0;
  let most = 0;
  // Nothing is answered before so many are there, however slowly they come; more than that would come meanwhile.
  let setFull: () => void;
  const full = new Promise<void>((resolve) => (setFull = resolve));
  server = await LoopbackServer.start((_request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    if (underWay === maxRequestsInFlight) setFull();
    void full.then(() =>
      setTimeout(() => {
        underWay -= 1;
        sendJson(response, 200, statusAnswer(102));
      }, 5),
    );
  });
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, maxRequestsInFlight });

  await Promise.all(Array.from({ length: 20 }, () => client.scans.getScanStatus("7", "5")));
  await client.close();

  expect(server.requests).toHaveLength(20);
  expect(most).toBe(maxRequestsInFlight);
});

test("requestsPerSecond spreads requests over time", async () => {
  server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 200, statusAnswer(102));
  });
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, requestsPerSecond: 10 });
  // From here on, since a busy machine brings the first request late, and the last one not.
  const startMs = performance.now();

  await Promise.all(Array.from({ length: 6 }, () => client.scans.getScanStatus("7", "5")));
  const tookMs = performance.now() - startMs;
  await client.close();

  expect(tookMs).toBeGreaterThanOrEqual(490);
});

test("requestsPerSecond is the rate of all clients of one service together", async () => {
  server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 200, statusAnswer(102));
  });
  const options = { endpoint: server.endpoint, apiKey: KEY, requestsPerSecond: 10 };
  // Their clocks may differ.
  const clients = [0, 60_000, -60_000].map((offMs) => createClient({ ...options, now: () => Date.now() + offMs }));
  const startMs = performance.now();

  await Promise.all(clients.map((client) => client.scans.getScanStatus("7", "5")));
  const tookMs = performance.now() - startMs;
  await Promise.all(clients.map((client) => client.close()));

  expect(tookMs).toBeGreaterThanOrEqual(190);
});

test("after a 429 requests that come later wait as well", async () => {
  const times: number[] = [];
  server = await LoopbackServer.start((_request, response: ServerResponse, count) => {
    times.push(performance.now());
    if (count === 1) sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "1" });
    else sendJson(response, 200, statusAnswer(102));
  });
  // The client looks at the clock when it reads a 429, and again when it decides to repeat the request.
  let looks = 0;
  const now = (): number => {
    looks += 1;
    return Date.now();
  };
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY, now });
  const refused = client.scans.startScan("7").catch(() => undefined);
  while (looks < 2) await new Promise(setImmediate);

  await client.scans.getScanStatus("7", "5");
  await refused;
  await client.close();

  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950);
});
