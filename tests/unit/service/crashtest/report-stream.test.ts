import { createHash } from "node:crypto";
import { Readable, Writable } from "node:stream";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createClient, type ClientOptions, type CrashtestClient } from "pulumi-crashtest/client";
import { reachableBytes } from "../../../fixtures/reachable-bytes";
import { LoopbackServer } from "./loopback-server";
import { Sink } from "./memory-sink";
import { failureOf, KEY } from "./mock-service";

const SCAN = { projectId: "7", scanId: "5" };
const FIRST = `[${"1".repeat(2_000)}`;
const SECOND = `${"1".repeat(2_000)}]`;
const OTHER = `${"2".repeat(2_000)}]`;
const LENGTH = FIRST.length + SECOND.length;
const JSON_TYPE = { "content-type": "application/json" };

let server: LoopbackServer;
let client: CrashtestClient;
afterEach(async () => {
  await client.close();
  await server.stop();
});

const start = async (
  respond: (request: IncomingMessage, response: ServerResponse, count: number) => void,
  options: ClientOptions = {},
): Promise<void> => {
  server = await LoopbackServer.start(respond);
  client = createClient({ endpoint: server.endpoint, apiKey: KEY, random: () => 1, ...options });
};

/** Sends the first half, and breaks the connection when it has gone out. */
const cutInTheMiddle = (response: ServerResponse, headers: Record<string, string>): void => {
  response.writeHead(200, { ...JSON_TYPE, ...headers });
  response.write(FIRST, () => setTimeout(() => response.destroy(), 20));
};

const LENGTHS: [string, Record<string, string>][] = [
  ["with content-length", { "content-length": String(LENGTH) }],
  ["without content-length", {}],
];

describe.each(LENGTHS)("a report that is cut in the middle, %s,", (_how, length) => {
  test("is an error where the service ignores ranges, and never put together wrongly", async () => {
    await start((_request, response, count) => {
      if (count === 1) cutInTheMiddle(response, length);
      else response.writeHead(200, { ...JSON_TYPE, ...length }).end(FIRST + SECOND);
    });
    const sink = new Sink();

    const error = await failureOf(client.reports.writeReport(SCAN, "json", sink));

    expect(error.code).toMatch(/^(UNREACHABLE|UNEXPECTED_ANSWER)$/);
    expect(error.message).toContain("Could not get the json report of scan 5 of project 7");
    expect(sink.destroyed).toBe(true);
    expect(sink.writableFinished).toBe(false);
  });

  test("is whole where the service goes on with the same version of it", async () => {
    const etag = '"version-1"';
    await start((request, response, count) => {
      if (count === 1) {
        cutInTheMiddle(response, { ...length, etag });
        return;
      }
      expect(request.headers).toMatchObject({ "if-match": etag });
      const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? "") ?? [];
      const rest = (FIRST + SECOND).slice(Number(from));
      response
        .writeHead(206, { ...JSON_TYPE, etag, "content-range": `bytes ${from}-${LENGTH - 1}/${LENGTH}` })
        .end(rest);
    });
    const sink = new Sink();

    const outcome = await client.reports.writeReport(SCAN, "json", sink).catch((error: unknown) => error);

    if (outcome instanceof Error) expect(sink.writableFinished).toBe(false);
    else expect(sink.text).toBe(FIRST + SECOND);
  });

  test.each([
    ["no version", undefined, undefined],
    ["a weak version", 'W/"1"', 'W/"1"'],
    ["another version", '"1"', '"2"'],
  ])("is an error where the service goes on with %s, since it may be another report", async (_what, before, after) => {
    await start((request, response, count) => {
      if (count === 1) {
        cutInTheMiddle(response, { ...length, ...(before !== undefined && { etag: before }) });
        return;
      }
      const headers = { ...JSON_TYPE, ...(after !== undefined && { etag: after }) };
      const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? "") ?? [];
      const range = `bytes ${from}-${LENGTH - 1}/${LENGTH}`;
      response.writeHead(206, { ...headers, "content-range": range }).end((FIRST + OTHER).slice(Number(from)));
    });
    const sink = new Sink();

    const error = await failureOf(client.reports.writeReport(SCAN, "json", sink));

    expect(error.message).toContain("Could not get the json report of scan 5 of project 7");
    expect(sink.writableFinished).toBe(false);
  });
});

test("a part that nobody asked for is no report", async () => {
  await start((_request, response) => {
    response.writeHead(206, { ...JSON_TYPE, "content-range": "bytes 0-5/900" }).end("[1,2,3");
  });

  const error = await failureOf(client.reports.writeReport(SCAN, "json", new Sink()));

  expect(error.code).toBe("UNEXPECTED_ANSWER");
});

test("a destination that fails surfaces its own error, whatever it is", async () => {
  await start((_request, response) => {
    response.writeHead(200, JSON_TYPE).end(FIRST + SECOND);
  });
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC", errno: -28 });

  for (const failure of [full, new Error("the bucket said no")]) {
    const broken = new Writable({
      write: (_chunk, _encoding, done) => {
        done(failure);
      },
    });
    await expect(client.reports.writeReport(SCAN, "json", broken)).rejects.toBe(failure);
  }
});

test("a destination that fails at its end surfaces its own error", async () => {
  await start((_request, response) => {
    response.writeHead(200, JSON_TYPE).end(FIRST + SECOND);
  });
  const failure = new Error("could not be closed");
  const broken = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
    final: (done) => {
      done(failure);
    },
  });

  await expect(client.reports.writeReport(SCAN, "json", broken)).rejects.toBe(failure);
});

test("a report that is too large is not read to its end", async () => {
  let sentBytes = 0;
  await start(
    (_request, response) => {
      response.writeHead(200, JSON_TYPE);
      const endless = new Readable({
        read() {
          sentBytes += FIRST.length;
          this.push(FIRST);
        },
      });
      endless
        .on("error", () => undefined)
        .pipe(response)
        .on("close", () => endless.destroy());
    },
    { maxReportBytes: 100_000 },
  );

  const error = await failureOf(client.reports.writeReport(SCAN, "json", new Sink(false)));

  expect(error.code).toBe("REPORT_TOO_LARGE");
  expect(sentBytes).toBeLessThan(50_000_000);
});

test("what is held in memory does not grow with the report", async () => {
  const totalBytes = 64 * 1024 * 1024;
  const chunk = Buffer.alloc(256 * 1024, "1");
  await start((_request, response) => {
    response.writeHead(200, { "content-type": "application/pdf" });
    let left = totalBytes;
    const report = new Readable({
      read() {
        if (left === totalBytes) chunk.write("%PDF-");
        this.push(left > 0 ? chunk : null);
        left -= chunk.length;
      },
    });
    report.pipe(response);
  });
  const before = reachableBytes();
  let most = before;
  let sampledAt = 0;
  const sink = new Sink(false, (bytes) => {
    if (bytes - sampledAt < 8 * 1024 * 1024) return;
    sampledAt = bytes;
    most = Math.max(most, reachableBytes());
  });

  await client.reports.writeReport(SCAN, "pdf", sink);

  expect(sink.bytes).toBe(totalBytes);
  expect(sampledAt).toBeGreaterThan(totalBytes / 2);
  expect(most - before).toBeLessThan(16 * 1024 * 1024);
}, 60_000);

test("bytes arrive as they were sent", async () => {
  const body = Buffer.concat([
    Buffer.from("%PDF-1.7\n"),
    Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 256)),
  ]);
  const hash = createHash("sha256");
  await start((_request, response) => {
    response.writeHead(200, { "content-type": "application/pdf" }).end(body);
  });

  await client.reports.writeReport(
    SCAN,
    "pdf",
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done();
      },
    }),
  );

  expect(hash.digest("hex")).toBe(createHash("sha256").update(body).digest("hex"));
});
