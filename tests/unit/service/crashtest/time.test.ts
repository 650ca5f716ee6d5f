import type { IncomingMessage, ServerResponse } from "node:http";
import { createClient, type ClientOptions, type CrashtestClient } from "pulumi-crashtest/client";
import { LoopbackServer, sendJson, statusAnswer } from "./loopback-server";
import { failureOf, KEY } from "./mock-service";

/** Far below what the tests' services make a client wait. */
const SOON_MS = 5_000;
const SHORTLY_MS = 300;

let server: LoopbackServer;
let client: CrashtestClient;
afterEach(() => server.stop());

const serve = async (
  respond: (request: IncomingMessage, response: ServerResponse, count: number) => void,
  options: ClientOptions = {},
): Promise<void> => {
  server = await LoopbackServer.start(respond);
  client = createClient({ endpoint: server.endpoint, apiKey: KEY, random: () => 1, ...options });
};

/** Sends a part every now and then, and never the end. */
function drip(response: ServerResponse, type: string): void {
  response.writeHead(200, { "content-type": type });
  response.write("<{ ");
  const timer = setInterval(() => response.write(" "), SHORTLY_MS / 3);
  response.on("close", () => {
    clearInterval(timer);
  });
}

const abortedSoon = (): AbortSignal => {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new Error("enough"));
  }, SHORTLY_MS);
  return controller.signal;
};

/** The error of a call that has to fail before long. */
async function soonFailureOf(call: Promise<unknown>) {
  const startMs = performance.now();
  const error = await failureOf(call);
  expect(performance.now() - startMs).toBeLessThan(SOON_MS);
  return error;
}

describe("a signal ends a call", () => {
  const status = () => client.scans.getScanStatus("7", "5", { signal: abortedSoon() });

  test.each([
    ["while it has no answer", () => undefined],
    [
      "while its answer comes",
      (_request: unknown, response: ServerResponse) => {
        drip(response, "application/json");
      },
    ],
    [
      "while it waits to try again",
      (_request: unknown, response: ServerResponse) => {
        sendJson(response, 503, { message: "down" }, { "retry-after": "60" });
      },
    ],
  ])("%s", async (_when, respond) => {
    await serve(respond);

    const error = await soonFailureOf(status());

    expect(error.code).toBe("UNREACHABLE");
    expect(error.message).toContain("Could not get the status of scan 5 of project 7: no answer");
    expect(error.message).toContain("enough");
    expect(server.requests).toHaveLength(1);
  });

  test("while the connection is refused, and nothing comes after it", async () => {
    await serve(() => undefined);
    const { port } = server;
    await server.stop();

    await soonFailureOf(client.scans.getScanStatus("7", "5", { signal: abortedSoon() }));
    server = await LoopbackServer.start(() => undefined, port);
    await new Promise((resolve) => setTimeout(resolve, 2_000));

    expect(server.requests).toEqual([]);
  });

  test("while it waits for its turn after a 429", async () => {
    await serve((_request, response) => {
      sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "86400" });
    });
    await failureOf(client.scans.getScanStatus("7", "5"));

    await soonFailureOf(status());

    expect(server.requests).toHaveLength(1);
  });

  test("before it is sent", async () => {
    await serve(() => undefined);

    await soonFailureOf(client.scans.stopScan("7", "5", { signal: AbortSignal.abort(new Error("enough")) }));

    expect(server.requests).toEqual([]);
  });

  test("as one that took too long, where that is what it says", async () => {
    await serve(() => undefined);

    const error = await soonFailureOf(
      client.scans.getScanStatus("7", "5", { signal: AbortSignal.timeout(SHORTLY_MS) }),
    );

    expect(error.code).toBe("TIMEOUT");
  });

  test("and no other one, which goes on", async () => {
    await serve((request, response) => {
      if (request.url?.includes("/5/") === true) return;
      setTimeout(() => {
        sendJson(response, 200, statusAnswer(102));
      }, 2 * SHORTLY_MS);
    });

    const [, other] = await Promise.all([soonFailureOf(status()), client.scans.getScanStatus("7", "6")]);

    expect(other?.state).toBe("finished");
  });

  test("while a report comes", async () => {
    await serve((_request, response) => {
      drip(response, "application/xml");
    });
    const source = { projectId: "7", scanId: "5" };

    await soonFailureOf(client.reports.readXmlReport(source, { signal: abortedSoon() }));
  });
});

describe("without a signal", () => {
  test("an answer that does not come to its end is given up", async () => {
    await serve(
      (_request, response) => {
        drip(response, "application/json");
      },
      { answerTimeoutMs: SHORTLY_MS },
    );

    const error = await soonFailureOf(client.scans.getScanStatus("7", "5"));

    expect(error.code).toBe("TIMEOUT");
    expect(error.message).toContain("not complete after 0.3 seconds");
    expect(server.requests).toHaveLength(1);
  });

  test("so is a report, after a longer time", async () => {
    await serve(
      (_request, response) => {
        drip(response, "application/xml");
      },
      { reportTimeoutMs: SHORTLY_MS },
    );

    const error = await soonFailureOf(client.reports.readXmlReport({ projectId: "7", scanId: "5" }));

    expect(error.code).toBe("TIMEOUT");
    expect(error.message).toContain("not complete after 0.3 seconds");
  });
});
