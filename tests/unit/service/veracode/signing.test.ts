import { VERACODE_PULUMI_REMEDIES } from "../../../../service/settings/remedies";
import { createClient, type VeracodeClient } from "../../../../service/veracode";
import type { ClientOptions } from "../../../../service/veracode/options";
import { authorizationOf } from "../../../../service/veracode/signature";
import { LoopbackServer, sendJson } from "../crashtest/loopback-server";
import { API_ID, API_KEY, RUN_ID, run, TARGET_ID } from "./mock-veracode";

let server: LoopbackServer | undefined;
let client: VeracodeClient | undefined;
afterEach(async () => {
  await client?.close();
  await server?.stop();
});

const connect = (endpoint: string, options: ClientOptions = {}): VeracodeClient =>
  (client = createClient(
    { endpoint, apiId: API_ID, apiKey: API_KEY, random: () => 1, requestsPerSecond: 1_000, ...options },
    VERACODE_PULUMI_REMEDIES,
  ));

const authorizationsOf = ({ requests }: LoopbackServer): string[] =>
  requests.map(
    ({ rawHeaders }) => rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "authorization") + 1] ?? "",
  );

const partOf = (authorization: string, name: string): string =>
  new RegExp(`[ ,]${name}=([^,]+)`).exec(authorization)?.[1] ?? "";

test.each([
  [503, "0"],
  [429, "1"],
])(
  "after a %i with a Retry-After of %s s the next attempt is signed anew, for what it really sends",
  async (status, retryAfter) => {
    const times: number[] = [];
    server = await LoopbackServer.start((_request, response, count) => {
      times.push(Date.now());
      if (count === 1) sendJson(response, status, {}, { "retry-after": retryAfter });
      else sendJson(response, 200, run("FINISHED"));
    });

    const status2 = await connect(`${server.endpoint}/prefix`).runs.getRunStatus(TARGET_ID, RUN_ID);

    expect(status2?.state).toBe("finished");
    const authorizations = authorizationsOf(server);
    expect(authorizations).toHaveLength(2);
    expect(new Set(authorizations.map((each) => partOf(each, "nonce"))).size).toBe(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(Number(retryAfter) * 1_000 - 10);
    server.requests.forEach(({ method, url }, index) => {
      const sent = authorizations[index] ?? "";
      const moment = { timeMs: Number(partOf(sent, "ts")), nonce: partOf(sent, "nonce") };
      expect(url).toMatch(/^\/prefix\/dae\/api\//);
      expect(sent).toBe(
        authorizationOf({ id: API_ID, secret: API_KEY }, { method, host: "127.0.0.1", path: url }, moment),
      );
    });
    expect(Number(partOf(authorizations[1] ?? "", "ts"))).toBeGreaterThan(
      Number(partOf(authorizations[0] ?? "", "ts")),
    );
  },
);

test("without credentials nothing is sent", async () => {
  server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 200, {});
  });
  client = createClient({ endpoint: server.endpoint }, VERACODE_PULUMI_REMEDIES);

  await expect(client.runs.getRunStatus(TARGET_ID, RUN_ID)).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: expect.stringContaining("VERACODE_API_KEY_ID") as string,
  });
  expect(server.requests).toEqual([]);
});
