import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { startAllowListProxy, type AllowListProxy } from "../../src/scanners/wapiti/proxy";
import { LOOPBACK } from "./scanning";
import { bodyOf, startServer, until, type TestServer } from "./servers";

let target: TestServer;
let other: TestServer;
let proxy: AllowListProxy;
let failures: number[];

beforeEach(async () => {
  target = await startServer((request, response) => {
    if (request.url === "/away") response.writeHead(302, { Location: other.url.href }).end();
    else if (request.url === "/broken") request.socket.destroy();
    else if (request.url === "/garbled") request.socket.end("HTTP/1.1 200 OK\r\nno header\r\n\r\n");
    else if (request.url === "/upgrade")
      request.socket.write("HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
    else if (request.url === "/slow") response.writeHead(200).write("some");
    else {
      void bodyOf(request).then((body) =>
        response.writeHead(201, { "X-Seen": request.headers["x-sent"] ?? "" }).end(`${request.url ?? ""} ${body}`),
      );
    }
  });
  other = await startServer((_request, response) => response.end("must not be seen"));
  failures = [];
  proxy = await startAllowListProxy(target.url, {
    addresses: LOOPBACK,
    onUpstreamFailure: (count) => failures.push(count),
  });
});

afterEach(async () => {
  await proxy.close();
  await target.close();
  await other.close();
});

function through(path: string, { method = "GET", body = "", headers = {} } = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: "127.0.0.1",
      port: new URL(proxy.url).port,
      path,
      method,
      headers,
      agent: false,
    });
    request.on("response", resolve);
    request.on("error", reject);
    request.end(body);
  });
}

describe("the allow-listing proxy", () => {
  it("passes requests to the target on as they are, and its answers back", async () => {
    const answer = await through(`${target.url.href}a/../b?c=%27`, {
      method: "POST",
      body: "body",
      headers: { "X-Sent": "1" },
    });

    expect([answer.statusCode, answer.headers["x-seen"], await bodyOf(answer)]).toEqual([
      201,
      "1",
      "/a/../b?c=%27 body",
    ]);
    expect(proxy.counts).toEqual({ forwarded: 1, refused: 0, upstreamFailures: 0, brokenAnswers: 0, ownAnswers: 1 });
  });

  it.each([
    ["another port of this machine", () => other.url.href],
    ["another name for this machine", () => other.url.href.replace("127.0.0.1", "localhost")],
    ["the target's name before another host", () => `http://${target.url.host}@${other.url.host}/`],
    ["itself", () => proxy.url],
    ["no absolute URL", () => "/"],
  ])("resets a request to %s instead of answering it", async (_case, url) => {
    await expect(through(url())).rejects.toMatchObject({ code: "ECONNRESET" });

    expect(proxy.counts).toEqual({ forwarded: 0, refused: 1, upstreamFailures: 0, brokenAnswers: 0, ownAnswers: 0 });
    expect([...other.hits, ...target.hits]).toEqual([]);
  });

  it("leaves a redirect to whoever asked, and does not let it be followed", async () => {
    const answer = await through(`${target.url.href}away`);
    await expect(through(answer.headers.location ?? "")).rejects.toMatchObject({ code: "ECONNRESET" });

    expect(other.hits).toEqual([]);
    expect(proxy.counts.ownAnswers).toBe(0);
    expect([...proxy.redirectHosts]).toEqual([other.url.host]);
  });

  it("counts answers that the target broke off, and resets them", async () => {
    await expect(through(`${target.url.href}broken`)).rejects.toMatchObject({ code: "ECONNRESET" });

    expect(proxy.counts.upstreamFailures).toBe(1);
    expect(failures).toEqual([1]);
  });

  it("counts answers that are no HTTP apart, for the target was there", async () => {
    for (const path of ["garbled", "upgrade"]) {
      await expect(through(`${target.url.href}${path}`)).rejects.toMatchObject({ code: "ECONNRESET" });
    }

    expect(proxy.counts).toMatchObject({ upstreamFailures: 0, brokenAnswers: 2 });
  });

  it("keeps where refused requests wanted to go", async () => {
    for (const url of [other.url.href, "http://away.example/a?token=1", "/"]) {
      await expect(through(url)).rejects.toMatchObject({ code: "ECONNRESET" });
    }

    expect([...proxy.refusedHosts]).toEqual([other.url.host, "away.example:80", "not an http URL"]);
  });

  it("counts requests that the target does not take", async () => {
    await target.close();
    await expect(through(target.url.href)).rejects.toMatchObject({ code: "ECONNRESET" });

    expect(proxy.counts.upstreamFailures).toBe(1);
  });

  it.each([
    ["with brackets", (port: string) => `http://[::1]:${port}/`, 1],
    ["without, as the scanner does", (port: string) => `http://::1:${port}/`, 1],
    ["another", (port: string) => `http://[::2]:${port}/`, 0],
    ["another without brackets", (port: string) => `http://::2:${port}/`, 0],
  ])("knows an IPv6 target: %s", async (_case, urlOf, forwarded) => {
    await proxy.close();
    await target.close();
    proxy = await startAllowListProxy(new URL(`http://[::1]:${target.url.port}/`), {
      addresses: [{ address: "::1", family: 6 }],
    });
    await expect(through(urlOf(target.url.port))).rejects.toMatchObject({ code: "ECONNRESET" });

    expect(proxy.counts).toMatchObject({ forwarded, refused: 1 - forwarded });
  });

  it("connects to the addresses given, whatever the name of the target", async () => {
    await proxy.close();
    const named = new URL(`http://shop.invalid:${target.url.port}/`);
    proxy = await startAllowListProxy(named, { addresses: LOOPBACK });

    expect((await through(`${named.href}a`)).statusCode).toBe(201);
    expect(target.hits).toEqual(["GET /a"]);
  });

  it("tells the status of each answer of the target", async () => {
    const told: number[] = [];
    await proxy.close();
    proxy = await startAllowListProxy(target.url, { addresses: LOOPBACK, onAnswer: (status) => told.push(status) });
    for (const path of ["away", "a"]) await through(`${target.url.href}${path}`);

    expect(told).toEqual([302, 201]);
  });

  it("does not blame the target where the client goes away", async () => {
    const answer = await through(`${target.url.href}slow`);
    answer.destroy();
    const next = await through(target.url.href);

    expect(next.statusCode).toBe(201);
    expect(proxy.counts).toEqual({ forwarded: 2, refused: 0, upstreamFailures: 0, brokenAnswers: 0, ownAnswers: 2 });
  });

  it("ends connections that are open when it is closed", async () => {
    const answer = await through(`${target.url.href}slow`);
    const gone = new Promise((resolve) => answer.on("error", resolve));
    answer.resume();
    await proxy.close();

    expect(await gone).toMatchObject({ code: "ECONNRESET" });
  });
});

describe("a tunnel through the proxy", () => {
  let echo: TcpServer;
  let echoUrl: URL;
  let tunnelProxy: AllowListProxy;

  beforeEach(async () => {
    echo = createTcpServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
    echoUrl = new URL(`https://127.0.0.1:${(echo.address() as { port: number }).port}/`);
    tunnelProxy = await startAllowListProxy(echoUrl, { addresses: LOOPBACK });
  });

  afterEach(async () => {
    await tunnelProxy.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  async function ask(authority: string): Promise<string> {
    const socket = connect(Number(new URL(tunnelProxy.url).port), "127.0.0.1");
    let seen = "";
    let isOver = false;
    socket.on("data", (data) => (seen += data.toString()));
    socket.on("error", (error: NodeJS.ErrnoException) => (seen += error.code ?? ""));
    socket.on("close", () => (isOver = true));
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\nhello`);
    await until(() => isOver || seen.includes("hello"));
    socket.destroy();
    return seen;
  }

  it("is opened to the target", async () => {
    expect(await ask(echoUrl.host)).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\nhello$/);
  });

  it("is reset for anything else", async () => {
    expect(await ask(other.url.host)).toBe("ECONNRESET");
    expect(tunnelProxy.counts.refused).toBe(1);
    expect(other.hits).toEqual([]);
  });
});
