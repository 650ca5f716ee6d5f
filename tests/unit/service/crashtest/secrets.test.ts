import { Writable } from "node:stream";
import { createClient, type ClientOptions, type CrashtestClient } from "pulumi-crashtest/client";
import { expectNothingOf } from "./all-text";
import { loginSecrets } from "../../../../service/login";
import { freePort, LoopbackServer } from "./loopback-server";
import { failureOf, KEY, WEBHOOK } from "./mock-service";
import type { IncomingMessage, ServerResponse } from "node:http";

const PROJECT = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };
/** With signs that a URL and JSON write in another way. */
const AWKWARD_KEY = 'K"e7/&?=%+!';

const LOGIN = {
  basic: { username: "ann", password: "basic-pass-1" },
  form: [{ url: "https://shop.example/login", username: "ann", password: 'form"pass/2' }],
  headers: [{ name: "x-token", value: "header-value-3" }],
  cookies: [{ name: "session", value: "cookie-value-4" }],
};

const CALLS: [string, (client: CrashtestClient) => Promise<unknown>][] = [
  ["createProject", (client) => client.projects.createProject(PROJECT)],
  ["deleteProject", (client) => client.projects.deleteProject("7")],
  ["startScan", (client) => client.scans.startScan("7")],
  ["getScanStatus", (client) => client.scans.getScanStatus("7", "5")],
  ["startWebhookScan", (client) => client.webhook.startWebhookScan(WEBHOOK)],
  ["getWebhookScanStatus", (client) => client.webhook.getWebhookScanStatus(WEBHOOK, "5")],
  [
    "writeReport",
    (client) =>
      client.reports.writeReport(
        { webhook: WEBHOOK, scanId: "5" },
        "xml",
        new Writable({
          write: (_c, _e, done) => {
            done();
          },
        }),
      ),
  ],
];

/** What a service could send back of a request. */
const echoOf = (request: IncomingMessage): string => `${request.url ?? ""} ${JSON.stringify(request.headers)}`;

const FAILURES: [string, (request: IncomingMessage, response: ServerResponse) => void][] = [
  [
    "a 422 whose fields echo the request",
    (request, response) => {
      response.writeHead(422, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: "invalid", data: { request: echoOf(request), path: request.url } }));
    },
  ],
  [
    "a 400 that echoes the key at the place where a long text is cut",
    (request, response) => {
      const secret = String(request.headers["api_key"] ?? request.url);
      const data = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, secret]));
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: "invalid", data }));
    },
  ],
  [
    "a success of a type that echoes the request",
    (request, response) => {
      const type = `text/${(request.headers["api_key"] ?? request.url ?? "").toString().replace(/[^\w-]/g, ".")}`;
      response.writeHead(200, { "content-type": type }).end("<html>");
    },
  ],
  [
    "a redirect that echoes the request",
    (request, response) => response.writeHead(302, { location: `https://elsewhere.example${request.url ?? ""}` }).end(),
  ],
  ["a page that echoes the request", (request, response) => response.writeHead(404).end(echoOf(request))],
  [
    "JSON that is none",
    (request, response) => response.writeHead(200, { "content-type": "application/json" }).end(echoOf(request)),
  ],
  [
    "an answer cut off",
    (_request, response) => response.writeHead(200, { "content-length": "9" }).write("x", () => response.destroy()),
  ],
];

const SENDINGS: [string, ClientOptions][] = [
  ["as header", { apiKey: KEY }],
  ["as query", { apiKey: KEY, apiKeyIn: "query" }],
  ["as query with awkward signs", { apiKey: AWKWARD_KEY, apiKeyIn: "query", apiKeyName: "API_KEY" }],
];

describe.each(SENDINGS)("with a key sent %s", (_how, options) => {
  test.each(FAILURES)("no error shows key or webhook after %s", async (_what, respond) => {
    const server = await LoopbackServer.start(respond);
    const client = createClient({ endpoint: server.endpoint, random: () => 1, ...options });

    const errors = await Promise.all(CALLS.map(([, call]) => failureOf(call(client))));
    await client.close();
    await server.stop();

    for (const error of errors) {
      expect(error.code).toMatch(/^[A-Z_]+$/);
      expectNothingOf(options.apiKey ?? "", error);
      expectNothingOf(WEBHOOK, error);
    }
  });

  test("no error shows key or webhook where nobody answers", async () => {
    const client = createClient({ endpoint: `http://127.0.0.1:${await freePort()}`, random: () => 1, ...options });

    const errors = await Promise.all(CALLS.map(([, call]) => failureOf(call(client))));
    await client.close();

    for (const error of errors) {
      expect(error.code).toBe("UNREACHABLE");
      expectNothingOf(options.apiKey ?? "", error);
      expectNothingOf(WEBHOOK, error);
    }
  });
});

test.each<[string, (client: CrashtestClient) => Promise<unknown>]>([
  ["a project", (client) => client.scans.startScan("7", { login: LOGIN })],
  ["a webhook", (client) => client.webhook.startWebhookScan(WEBHOOK, { login: LOGIN })],
])("no error of a start by %s shows a password or value that the service repeats", async (_what, start) => {
  const server = await LoopbackServer.start((_request, response, _count, body) => {
    response.writeHead(422, { "content-type": "application/json" });
    response.end(JSON.stringify({ message: "invalid", data: { body: JSON.parse(body) as unknown } }));
  });
  const client = createClient({ endpoint: server.endpoint, random: () => 1, apiKey: KEY });

  const error = await failureOf(start(client));
  await client.close();
  await server.stop();

  expect(error.message).toContain("basic_auth");
  for (const secret of loginSecrets(LOGIN)) expectNothingOf(secret, error);
});
