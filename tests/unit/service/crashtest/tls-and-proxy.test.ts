import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "pulumi-crashtest/client";
import { allTextOf } from "./all-text";
import { selfSignedCertificate } from "./certificate";
import { freePort, listen, LoopbackServer, portOf, sendJson, statusAnswer } from "./loopback-server";
import { failureOf, KEY } from "./mock-service";

const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
/** Two starts of Node with a TypeScript loader, on a busy machine. */
const PROCESS_TIMEOUT_MS = 60_000;

let folder: string;
let tls: TlsServer;
let proxy: HttpServer;
let tunnels: string[];
let sockets: Socket[];
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  environment = { ...process.env };
  for (const name of PROXY_VARIABLES) Reflect.deleteProperty(process.env, name);
  folder = mkdtempSync(join(tmpdir(), "crashtest-tls-"));
  const certificate = selfSignedCertificate(new Date());
  writeFileSync(join(folder, "ca.pem"), certificate.cert);
  tls = createTlsServer(certificate, (_request, response) => {
    sendJson(response, 200, statusAnswer(102));
  });
  tunnels = [];
  sockets = [];
  proxy = createHttpServer((_request, response) => response.writeHead(500).end()).on(
    "connect",
    (request: { url?: string }, near: Socket) => {
      tunnels.push(request.url ?? "");
      const [host = "", port = ""] = (request.url ?? "").split(":");
      const far = connect(Number(port), host, () => {
        near.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        near.pipe(far).pipe(near);
      });
      sockets.push(near, far);
      for (const socket of [near, far]) socket.on("error", () => socket.destroy());
    },
  );
  await Promise.all([listen(tls), listen(proxy)]);
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  tls.closeAllConnections();
  proxy.closeAllConnections();
  await Promise.all([tls, proxy].map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
  for (const name of PROXY_VARIABLES) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, environment);
});

const endpoint = (): string => `https://127.0.0.1:${portOf(tls)}`;
const proxyAddress = (): string => `http://127.0.0.1:${portOf(proxy)}`;

async function askInAProcessOfItsOwn(variables: Record<string, string>): Promise<string> {
  const script = join(__dirname, "ask-status.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, endpoint()], {
    env: { PATH: process.env["PATH"] ?? "", NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"), ...variables },
  });
  return stdout.trim();
}

test(
  "an https endpoint is reached through HTTPS_PROXY, and its certificate verified by NODE_EXTRA_CA_CERTS",
  async () => {
    const printed = await askInAProcessOfItsOwn({ HTTPS_PROXY: proxyAddress() });

    expect(printed).toBe("finished");
    expect(tunnels).toEqual([`127.0.0.1:${portOf(tls)}`]);
  },
  PROCESS_TIMEOUT_MS,
);

test(
  "an endpoint that NO_PROXY names is reached without the proxy",
  async () => {
    const printed = await askInAProcessOfItsOwn({ HTTPS_PROXY: proxyAddress(), NO_PROXY: "127.0.0.1" });

    expect(printed).toBe("finished");
    expect(tunnels).toEqual([]);
  },
  PROCESS_TIMEOUT_MS,
);

test.each(["getScanStatus", "startScan"] as const)(
  "a certificate that does not verify is TLS_FAILED, also for %s, and says how to trust it",
  async (operation) => {
    const client = createClient({ endpoint: endpoint(), apiKey: KEY });

    const error = await failureOf(
      operation === "startScan" ? client.scans.startScan("7") : client.scans.getScanStatus("7", "5"),
    );
    await client.close();

    expect(error.code).toBe("TLS_FAILED");
    expect(error.message).toContain("the service's certificate cannot be verified");
    expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
  },
);

test("https to a port that speaks http is TLS_FAILED", async () => {
  const client = createClient({ endpoint: `https://127.0.0.1:${portOf(proxy)}`, apiKey: KEY });

  const error = await failureOf(client.scans.startScan("7"));
  await client.close();

  expect(error.code).toBe("TLS_FAILED");
});

test("http to loopback never goes through a proxy", async () => {
  process.env["HTTP_PROXY"] = proxyAddress();
  process.env["HTTPS_PROXY"] = proxyAddress();
  const server = await LoopbackServer.start((_request, response) => {
    sendJson(response, 200, statusAnswer(102));
  });
  const client = createClient({ endpoint: server.endpoint, apiKey: KEY });

  const status = await client.scans.getScanStatus("7", "5");
  await client.close();
  await server.stop();

  expect(status?.state).toBe("finished");
  expect(tunnels).toEqual([]);
});

test("a proxy that is not there is UNREACHABLE, also for a POST", async () => {
  process.env["HTTPS_PROXY"] = `http://127.0.0.1:${await freePort()}`;
  const client = createClient({ endpoint: endpoint(), apiKey: KEY, random: () => 1 });

  const error = await failureOf(client.scans.startScan("7"));
  await client.close();

  expect(error.code).toBe("UNREACHABLE");
  expect(error.message).toContain("HTTPS_PROXY");
});

test("a proxy that refuses is UNREACHABLE, also for a POST, which it cannot have let through", async () => {
  proxy.removeAllListeners("connect");
  proxy.on("connect", (_request, socket: Socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
  process.env["HTTPS_PROXY"] = proxyAddress();
  const client = createClient({ endpoint: endpoint(), apiKey: KEY, random: () => 1 });

  const error = await failureOf(client.scans.startScan("7"));
  await client.close();

  expect(error.code).toBe("UNREACHABLE");
  expect(error.message).toContain("407");
});

test("a proxy variable that is no address is refused and not repeated", () => {
  process.env["HTTPS_PROXY"] = "me:s3cr3t-pass@proxy";

  let error: unknown;
  try {
    createClient({ endpoint: endpoint(), apiKey: KEY });
  } catch (caught) {
    error = caught;
  }

  expect(error).toMatchObject({ code: "CONFIGURATION_INVALID" });
  expect(allTextOf(error)).toContain("HTTPS_PROXY");
  expect(allTextOf(error)).not.toContain("s3cr3t-pass");
});
