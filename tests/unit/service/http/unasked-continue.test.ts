import { createServer, type Server, type Socket } from "node:net";
import { createClient, type CrashtestClient } from "pulumi-crashtest/client";
import { ContinueFilter } from "../../../../service/http/unasked-continue";
import { listen, portOf } from "../crashtest/loopback-server";

const CONTINUE = "HTTP/1.1 100 Continue\r\nx-seen: yes\r\n\r\n";
const PROJECT = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };

const answer = (status: string, body: object): string => {
  const text = JSON.stringify(body);
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  return head + text;
};
const CREATED = answer("201 Created", { message: "project_created", data: { id: 7 } });

let server: Server | undefined;
let client: CrashtestClient | undefined;
const sockets = new Set<Socket>();

afterEach(async () => {
  await client?.close();
  for (const socket of sockets) socket.destroy();
  if (server !== undefined) await new Promise((resolve) => server?.close(resolve));
  client = undefined;
  server = undefined;
});

/** A server that sends these texts for each request, one after the other. */
async function serve(...pieces: readonly string[]): Promise<CrashtestClient> {
  server = createServer((socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      if (chunk.includes("HTTP/1.1")) void sendPieces(socket, pieces);
    });
  });
  await listen(server);
  client = createClient({ endpoint: `http://127.0.0.1:${portOf(server)}`, apiKey: "key" });
  return client;
}

async function sendPieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each([
  ["before an answer", [CONTINUE + CREATED]],
  ["in a piece of its own", [CONTINUE, CREATED]],
  ["in pieces", [CONTINUE.slice(0, 5), CONTINUE.slice(5, 15), CONTINUE.slice(15), CREATED]],
  ["twice", [CONTINUE, CONTINUE + CREATED]],
])("an unasked 100 Continue %s is no failure", async (_how, pieces) => {
  const { projects } = await serve(...pieces);

  await expect(projects.createProject(PROJECT)).resolves.toMatchObject({ projectId: "7" });
  await expect(projects.createProject(PROJECT)).resolves.toMatchObject({ projectId: "7" });
});

describe("what is read of an answer", () => {
  /** As read, in one go and byte by byte. */
  const readings = (text: string): string[] => {
    const bytes = Buffer.from(text);
    const whole = new ContinueFilter();
    const slow = new ContinueFilter();
    whole.begin();
    slow.begin();
    const one = whole.take(bytes).toString();
    return [one, Buffer.concat(Array.from(bytes, (byte) => slow.take(Buffer.from([byte])))).toString()];
  };

  test.each([
    ["an answer", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"],
    ["an interim answer and then one", `${CONTINUE}HTTP/1.1 200 OK\r\n\r\n`, "HTTP/1.1 200 OK\r\n\r\n"],
    ["another interim answer", "HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"],
    ["a body that looks like one", `HTTP/1.1 200 OK\r\n\r\n${CONTINUE}`, `HTTP/1.1 200 OK\r\n\r\n${CONTINUE}`],
    ["no HTTP", "hello", "hello"],
    ["a longer status", "HTTP/1.1 1000\r\n\r\n", "HTTP/1.1 1000\r\n\r\n"],
  ])("%s", (_what, text, read) => {
    expect(readings(text)).toEqual([read, read]);
  });

  test("a body that looks like an interim answer stays, until the next request", () => {
    const filter = new ContinueFilter();
    filter.begin();
    filter.take(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"));

    expect(filter.take(Buffer.from(CONTINUE)).toString()).toBe(CONTINUE);
    filter.begin();
    expect(filter.take(Buffer.from(CONTINUE)).toString()).toBe("");
  });
});
