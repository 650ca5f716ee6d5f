import { request as httpRequest } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { PROJECT, TestService } from "../service/test-service";

afterEach(() => TestService.closeAll());

/** What no answer may hold: stacks, and where the service's files lie. */
const INSIDE = /\bat \S+ \(|node_modules|\.[jt]s:\d|<html|<pre/i;

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])(
  "a field named %s is unknown like any other",
  async (name) => {
    const service = await TestService.start();
    const body = JSON.stringify(PROJECT).replace("{", `{${JSON.stringify(name)}: {"a": 1},`);

    const answer = await service.send("POST", "/projects", { body });

    expect(answer.status).toBe(422);
    expect(Object.keys((answer.json as { data: object }).data)).toEqual([name]);
    expect(service.logged).toEqual([]);
  },
);

test("such fields inside a value are refused with it", async () => {
  const service = await TestService.start();

  const answer = await service.send("POST", "/projects", {
    body: `{"team_id": {"__proto__": 1, "constructor": {"prototype": 2}}, "name": ["__proto__"], "url": 1, "type": "webapp"}`,
  });

  expect([answer.status, (answer.json as { message: string }).message]).toEqual([422, "validation_failed"]);
  expect(answer.text).not.toMatch(INSIDE);
});

test.each(["__proto__", "constructor", "toString"])(
  "a query parameter named %s is refused as unknown",
  async (name) => {
    const service = await TestService.start({ control: true });

    const answer = await service.send("DELETE", `/projects/1?${name}=1&${name}[a]=2`);

    expect([answer.status, (answer.json as { message: string }).message]).toEqual([400, "malformed_request"]);
    expect(answer.text).not.toMatch(INSIDE);
  },
);

const BODY = JSON.stringify(PROJECT);

test.each<[string, string, Buffer]>([
  ["garbage", "br", Buffer.from("no brotli at all")],
  ["garbage", "gzip", Buffer.from("no gzip at all")],
  ["a body that is packed well", "br", brotliCompressSync(BODY)],
  ["a body that is packed well", "gzip", gzipSync(BODY)],
  ["a name of nothing", "__proto__", Buffer.from(BODY)],
])(
  "%s with the content encoding %s is 415, without a key as well, and is not logged",
  async (_case, encoding, bytes) => {
    const service = await TestService.start();
    const headers = { "content-type": "application/json", "content-encoding": encoding };

    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = httpRequest(`${service.service.url}/projects`, { method: "POST", headers }, (answer) => {
        let text = "";
        answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, text });
        });
      });
      sent.on("error", reject);
      sent.end(bytes);
    });

    expect([status, JSON.parse(text)]).toEqual([415, { message: "unsupported_content_encoding" }]);
    expect(service.logged).toEqual([]);
  },
);

test("a failure that cannot be answered as others are is 500 in the service's own form", async () => {
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
    if (lines.length === 1) throw new Error("nobody writes this down");
  };
  const createProject = (): never => {
    throw new Error("the inside");
  };
  const service = await TestService.start({ log }, { createProject });

  const answer = await service.send("POST", "/projects", { body: PROJECT });

  expect([answer.status, answer.json]).toEqual([500, { message: "internal_error" }]);
  expect(lines.join()).toContain("nobody writes this down");
});

test.each([
  ["a path that cannot be decoded", "/projects/%ff", 400],
  ["a page's path that cannot be decoded", "/page/%ff", 404],
  ["a path with the name of a prototype", "/__proto__", 501],
])("%s is answered in the service's own form", async (_case, path, status) => {
  const service = await TestService.start({ control: true });

  const answer = await service.send("DELETE", path);

  expect([
    answer.status === status || answer.status === 405,
    typeof (answer.json as { message: unknown }).message,
  ]).toEqual([true, "string"]);
  expect(answer.text).not.toMatch(INSIDE);
});
