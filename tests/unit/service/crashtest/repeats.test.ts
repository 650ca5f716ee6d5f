import { createServer, type LookupFunction, type Socket } from "node:net";
import { PULUMI_REMEDIES } from "../../../../service/settings/remedies";
import { createClient, type ClientOptions, type CrashtestClient } from "pulumi-crashtest/client";
import { Agent } from "undici";
import { freePort, listen, LoopbackServer, portOf, sendJson, statusAnswer } from "./loopback-server";
import { failureOf, KEY } from "./mock-service";

const PROJECT = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };

let server: LoopbackServer | undefined;
let client: CrashtestClient | undefined;
afterEach(async () => {
  await client?.close();
  await server?.stop();
  server = undefined;
  client = undefined;
});

const connect = (endpoint: string, options: ClientOptions = {}): CrashtestClient =>
  (client = createClient({ endpoint, apiKey: KEY, random: () => 1, ...options }, PULUMI_REMEDIES));

describe("a POST", () => {
  test("is sent once where the connection broke after the request, and the error says what may exist", async () => {
    server = await LoopbackServer.start((request) => request.socket.destroy());

    const error = await failureOf(connect(server.endpoint).projects.createProject(PROJECT));

    expect(server.requests).toHaveLength(1);
    expect(error.code).toBe("OUTCOME_UNKNOWN");
    expect(error.message).toContain("so it may have been carried out");
    expect(error.message).toContain('a project "shop" in team 42');
    expect(error.message).toContain("adoptProjectId");
  });

  test("is sent once where its answer broke off", async () => {
    server = await LoopbackServer.start((_request, response) => {
      response.writeHead(201, { "content-type": "application/json", "content-length": "50" });
      response.write('{"message":', () => response.destroy());
    });

    const error = await failureOf(connect(server.endpoint).scans.startScan("7"));

    expect(server.requests).toHaveLength(1);
    expect(error.code).toBe("OUTCOME_UNKNOWN");
    expect(error.message).toContain("a scan that was started and is still running is joined");
  });

  test("is sent once where the connection was reset at once", async () => {
    let connections = 0;
    const resetting = createServer((socket: Socket) => {
      connections += 1;
      socket.resetAndDestroy();
    });
    await listen(resetting);

    const error = await failureOf(connect(`http://127.0.0.1:${portOf(resetting)}`).scans.startScan("7"));
    await new Promise((resolve) => resetting.close(resolve));

    expect(connections).toBe(1);
    expect(error.code).toBe("OUTCOME_UNKNOWN");
  });

  test.each([408, 500, 502, 503, 504])("is sent once where it was answered with %i", async (status) => {
    server = await LoopbackServer.start((_request, response) => {
      sendJson(response, status, { message: "some_reason" }, { "retry-after": "0" });
    });

    await failureOf(connect(server.endpoint).scans.startScan("7"));

    expect(server.requests).toHaveLength(1);
  });

  test("is repeated after a 429, with its whole body", async () => {
    const bodies: string[] = [];
    server = await LoopbackServer.start((request, response, count) => {
      bodies.push(request.headers["content-length"] ?? "");
      if (count === 1) sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "0" });
      else sendJson(response, 201, { message: "project_created", data: { id: 7 } });
    });

    const created = await connect(server.endpoint).projects.createProject(PROJECT);

    expect(created.projectId).toBe("7");
    expect(bodies).toEqual([bodies[0], bodies[0]]);
  });

  test("is repeated where the connection was refused", async () => {
    const port = await freePort();
    const started = connect(`http://127.0.0.1:${port}`).scans.startScan("7");

    server = await LoopbackServer.start((_request, response) => {
      sendJson(response, 201, { message: "scan_started", data: { scanId: 5 } });
    }, port);

    await expect(started).resolves.toMatchObject({ scanId: "5", joined: false });
    expect(server.requests).toHaveLength(1);
  });
});

describe.each([
  ["a GET", (asking: CrashtestClient) => asking.scans.getScanStatus("7", "5")],
  ["a DELETE", (asking: CrashtestClient) => asking.projects.deleteProject("7")],
])("%s", (_method, call) => {
  test.each([429, 500, 502, 503, 504])("is repeated twice after a %i, and no more", async (status) => {
    server = await LoopbackServer.start((_request, response) => {
      sendJson(response, status, { message: "some_reason" }, { "retry-after": "0" });
    });

    const error = await failureOf(call(connect(server.endpoint)));

    expect(error).toMatchObject({ status });
    expect(server.requests).toHaveLength(3);
  });

  test("is repeated twice where the connection breaks, and no more", async () => {
    server = await LoopbackServer.start((request) => request.socket.destroy());

    const error = await failureOf(call(connect(server.endpoint)));

    expect(error.code).toBe("UNREACHABLE");
    expect(server.requests).toHaveLength(3);
  });

  test("is repeated twice where failures take turns, and no more", async () => {
    server = await LoopbackServer.start((request, response, count) => {
      if (count % 2 === 0) request.socket.destroy();
      else sendJson(response, 503, { message: "some_reason" }, { "retry-after": "0" });
    });

    await failureOf(call(connect(server.endpoint)));

    expect(server.requests).toHaveLength(3);
  });
});

test("a GET succeeds at its second attempt", async () => {
  server = await LoopbackServer.start((_request, response, count) => {
    if (count === 1) sendJson(response, 503, { message: "down" }, { "retry-after": "0" });
    else sendJson(response, 200, statusAnswer(102));
  });

  const status = await connect(server.endpoint).scans.getScanStatus("7", "5");

  expect(status?.state).toBe("finished");
});

test("Retry-After is obeyed: nothing comes back before its time", async () => {
  const times: number[] = [];
  server = await LoopbackServer.start((_request, response, count) => {
    times.push(Date.now());
    if (count === 1) sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "1" });
    else sendJson(response, 200, statusAnswer(102));
  });

  await connect(server.endpoint).scans.getScanStatus("7", "5");

  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
});

test("a pause of more than a minute is told and not waited for, and nothing is sent during it", async () => {
  server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "3600" });
  });
  const { scans } = connect(server.endpoint);

  const error = await failureOf(scans.getScanStatus("7", "5"));
  const later = await failureOf(scans.startScan("7"));

  expect(error.code).toBe("RATE_LIMITED");
  expect(later.code).toBe("RATE_LIMITED");
  expect(later.message).toMatch(/pause of 3[56]\d\d more seconds \(429\), so no request was sent/);
  expect(later.retryAfterMs).toBeGreaterThan(3_500_000);
  expect(server.requests).toHaveLength(1);
});

test("an endpoint that does not answer is UNREACHABLE, with what to check", async () => {
  const error = await failureOf(connect(`http://127.0.0.1:${await freePort()}`).scans.startScan("7"));

  expect(error.code).toBe("UNREACHABLE");
  expect(error.message).toContain("Could not start a scan of project 7: no answer (POST /projects/7/scans: ");
  expect(error.message).toContain("ECONNREFUSED");
  expect(error.message).toContain("Check crashtest:endpoint, the network, and HTTPS_PROXY and NO_PROXY.");
});

test("a host name that does not exist is UNREACHABLE", async () => {
  const lookup: LookupFunction = (host, _options, done) => {
    done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: "ENOTFOUND" }), []);
  };
  /** In place of the client's own pool, so that no question leaves this machine. */
  const dispatcher = new Agent({ connect: { lookup } });

  const error = await failureOf(connect("https://scanner.invalid", { dispatcher }).scans.startScan("7"));

  expect(error.code).toBe("UNREACHABLE");
  expect(error.message).toContain("ENOTFOUND");
});
