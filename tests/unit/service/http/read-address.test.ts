import { MockAgent } from "undici";
import { readAddress } from "../../../../service/http/read-address";
import { LoopbackServer, freePort } from "../crashtest/loopback-server";

const ADDRESS = new URL("https://shop.example/openapi.json?v=1");

async function readAnswer(status: number, body: string | Buffer, headers = {}) {
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent.get(ADDRESS.origin).intercept({ path: "/openapi.json?v=1", method: "GET" }).reply(status, body, { headers });
  try {
    return await readAddress(ADDRESS, { maxBytes: 10, dispatcher: agent });
  } finally {
    await agent.close();
  }
}

test.each<[string, number, string | Buffer, object, object]>([
  ["a text", 200, "0123456789", {}, { text: "0123456789" }],
  ["a text with a byte order mark", 200, "\uFEFFa\u00e4", {}, { text: "a\u00e4" }],
  ["too much", 200, "01234567890", {}, { problem: "it has more than 10 bytes" }],
  ["not found", 404, "no", {}, { problem: "it was answered with 404" }],
  [
    "a redirect",
    302,
    "",
    { location: "https://elsewhere.example" },
    { problem: "it was answered with 302, a redirect, which is not followed: give the final address" },
  ],
])("%s", async (_what, status, body, headers, expected) => {
  await expect(readAnswer(status, body, headers)).resolves.toEqual(expected);
});

test("over a connection of its own, without credentials", async () => {
  const server = await LoopbackServer.start((_request, response) => response.end("{}"));

  const read = await readAddress(new URL(`${server.endpoint}/a`), { maxBytes: 10 });
  const [{ method, url, rawHeaders } = { method: "", url: "", rawHeaders: [] }] = server.requests;
  await server.stop();

  expect(read).toEqual({ text: "{}" });
  expect([method, url]).toEqual(["GET", "/a"]);
  expect(rawHeaders.join()).not.toMatch(/api_key|authorization/i);
});

test("nobody there is a problem, not an error", async () => {
  const read = await readAddress(new URL(`http://127.0.0.1:${await freePort()}`), { maxBytes: 10 });

  expect(read).toEqual({ problem: expect.stringContaining("ECONNREFUSED") as string });
});

test("an answer that does not come in time is a problem", async () => {
  const server = await LoopbackServer.start((_request, response) => response.write("{"));

  const read = await readAddress(new URL(server.endpoint), { maxBytes: 10, timeoutMs: 50 });
  await server.stop();

  expect(read).toEqual({ problem: expect.any(String) as string });
});
