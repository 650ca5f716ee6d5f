import type { IncomingMessage, ServerResponse } from "node:http";
import { VERACODE_PULUMI_REMEDIES } from "../../../../service/settings/remedies";
import { createClient, type VeracodeClient } from "../../../../service/veracode";
import { expectNothingOf } from "../crashtest/all-text";
import { LoopbackServer } from "../crashtest/loopback-server";
import { Sink } from "../crashtest/memory-sink";
import { failureOf, WEBHOOK } from "../crashtest/mock-service";
import { loginSecrets, type Login } from "../../../../service/login";
import { API_ID, API_KEY, pageOf, RUN_ID, TARGET_ID } from "./mock-veracode";

const PROJECT = { name: "shop", url: "https://shop.example.com", type: "webapp", authorizedToScan: true } as const;

const CALLS: ((client: VeracodeClient) => Promise<unknown>)[] = [
  ({ targets }) => targets.createTarget(PROJECT),
  ({ targets }) => targets.readTarget(TARGET_ID),
  ({ targets }) => targets.deleteTarget(TARGET_ID),
  ({ runs }) => runs.startRun(TARGET_ID),
  ({ runs }) => runs.getRunStatus(TARGET_ID, RUN_ID),
  ({ webhook }) => webhook.startWebhookScan(WEBHOOK),
  ({ webhook }) => webhook.getWebhookScanStatus(WEBHOOK, "5"),
  ({ reports }) => reports.writeReport({ webhook: WEBHOOK, scanId: "5" }, "xml", new Sink()),
];

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** What a service could repeat, if it knew the key. */
const echoOf = (request: IncomingMessage): string =>
  `${API_KEY} ${request.url ?? ""} ${JSON.stringify(request.headers)}`;

const FAILURES: [string, Respond][] = [
  [
    "a Problem that repeats all of it where a long text is cut",
    (request, response) => {
      const errors = Array.from({ length: 20 }, () => ({ code: "INVALID", detail: echoOf(request) }));
      response.writeHead(400, { "content-type": "application/problem+json" }).end(JSON.stringify({ errors }));
    },
  ],
  ["a page that repeats it", (request, response) => response.writeHead(404).end(echoOf(request))],
  ["a support handle", (_request, response) => response.writeHead(403, { "x-conversation-id": API_KEY }).end()],
  [
    "an answer that is cut",
    (_request, response) => response.writeHead(200, { "content-length": "9" }).write("x", () => response.destroy()),
  ],
];

test.each(FAILURES)("no error shows key or webhook after %s", async (_what, respond) => {
  const server = await LoopbackServer.start(respond);
  const options = { endpoint: server.endpoint, apiId: `vera01ei-${API_ID}`, apiKey: `vera01es-${API_KEY}` };
  const client = createClient({ ...options, random: () => 1, requestsPerSecond: 1_000 }, VERACODE_PULUMI_REMEDIES);

  const errors = await Promise.all(CALLS.map((call) => failureOf(call(client))));
  await client.close();
  await server.stop();

  for (const error of errors) {
    expect(error.code).toMatch(/^[A-Z_]+$/);
    expectNothingOf(API_KEY, error);
    expectNothingOf(WEBHOOK, error);
  }
});

const LOGIN = {
  basic: { username: "anna", password: "hush_basic" },
  form: [{ url: "https://shop.example/login", username: "anna", password: "hush_form" }],
  headers: [{ name: "X-Key", value: "hush_header" }],
  cookies: [{ name: "sid", value: "hush_cookie" }],
} satisfies Login;

/** Lists one profile, and repeats all of the login in any other answer. */
const repeat: Respond = (request, response) => {
  const type = { "content-type": "application/json" };
  const said = loginSecrets(LOGIN).join(" ");
  if (request.method === "GET") {
    const profile = { analysis_profile_id: "f".repeat(32), target_id: TARGET_ID, name: "shop" };
    response.writeHead(200, type).end(JSON.stringify(pageOf("items", [profile])));
  } else {
    response.writeHead(400, type).end(JSON.stringify({ message: said, errors: [{ code: "INVALID", detail: said }] }));
  }
};

test.each<[string, (client: VeracodeClient) => Promise<unknown>]>([
  ["a target", ({ runs }) => runs.startRun(TARGET_ID, { login: LOGIN })],
  ["a webhook", ({ webhook }) => webhook.startWebhookScan(WEBHOOK, { login: LOGIN })],
])("no error of a start by %s shows a password or value that the service repeats", async (_what, start) => {
  const server = await LoopbackServer.start(repeat);
  const options = { endpoint: server.endpoint, apiId: API_ID, apiKey: API_KEY, requestsPerSecond: 1_000 };
  const client = createClient(options, VERACODE_PULUMI_REMEDIES);

  const error = await failureOf(start(client));
  await client.close();
  await server.stop();

  expect(error.code).toBe("INVALID_REQUEST");
  expect(error.message).toContain("[secret]");
  for (const secret of loginSecrets(LOGIN)) expectNothingOf(secret, error);
});
