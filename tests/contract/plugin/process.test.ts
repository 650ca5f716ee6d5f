import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, CreateRequest, GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { urnOf } from "./plugin-client";

const ROOT = join(__dirname, "../../..");
const FROM_SOURCES = ["--require", require.resolve("tsx/cjs")];
const ENVIRONMENT = { ...process.env, TSX_DISABLE_CACHE: "1" };

let child: ChildProcess | undefined;
let client: ResourceProviderClient | undefined;
let listeners: Server[] = [];
let sockets: Socket[] = [];

afterEach(() => {
  client?.close();
  child?.kill("SIGKILL");
  for (const socket of sockets) socket.destroy();
  for (const listener of listeners) listener.close();
  [listeners, sockets] = [[], []];
});

/** Something that listens, and never answers. */
async function listen(): Promise<{ address: string; close: () => void }> {
  const listener = createServer((socket) => sockets.push(socket));
  listeners.push(listener);
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${(listener.address() as AddressInfo).port}`, close: () => listener.close() };
}

/** Starts the plugin with these arguments; gives its first line. */
async function start(...args: string[]): Promise<{ line: string; ended: Promise<number | null> }> {
  const started = spawn(process.execPath, [...FROM_SOURCES, join(ROOT, "provider/plugin/main.ts"), ...args], {
    env: ENVIRONMENT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = started;
  const ended = once(started, "exit").then(([code]) => code as number | null);
  const [chunk] = (await once(started.stdout, "data")) as [Buffer];
  const line = chunk.toString();
  client = new ResourceProviderClient(`127.0.0.1:${line.trim()}`, credentials.createInsecure());
  return { line, ended };
}

/** A service that gets one request; gives the response that it is waiting for. */
async function serveOnce(): Promise<{ address: string; asked: Promise<ServerResponse> }> {
  const service = createHttpServer();
  const asked = once(service, "request").then(([, response]) => response as ServerResponse);
  service.on("connection", (socket) => sockets.push(socket));
  listeners.push(service);
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${(service.address() as AddressInfo).port}`, asked };
}

/** Begins a creation, and waits until it has reached the service; gives the ID of the project, or what went wrong. */
async function beginCreation(endpoint: string): Promise<{ created: Promise<string> }> {
  const settings = { endpoint: `http://${endpoint}`, apiKey: "key", teamId: "42" };
  await new Promise<void>((resolve, reject) => {
    client?.configure(new ConfigureRequest().setArgs(Struct.fromJavaScript(settings)), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  const inputs = { teamId: "42", url: "https://a.example.com", name: "shop", type: "webapp" };
  const before = sockets.length;
  const request = new CreateRequest().setUrn(urnOf("Project", "shop")).setProperties(Struct.fromJavaScript(inputs));
  const created = new Promise<string>((resolve) => {
    client?.create(request, (error, response) => {
      resolve(error === null ? response.getId() : error.message);
    });
  });
  while (sockets.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
  return { created };
}

test("the port is alone on the first line, after which the schema can be asked for", async () => {
  const { line } = await start("--logtostderr", "-v=9", (await listen()).address);

  expect(line).toMatch(/^\d+\n$/);
  const schema = await new Promise<string>((resolve, reject) => {
    client?.getSchema(new GetSchemaRequest(), (error, response) => {
      if (error === null) resolve(response.getSchema());
      else reject(error);
    });
  });
  expect(JSON.parse(schema)).toMatchObject({ name: "crashtest" });
});

test("a plugin whose engine is gone ends within 10 seconds, even if it was started for its schema only", async () => {
  const engine = await listen();
  const { ended } = await start(engine.address);
  engine.close();
  const startMs = performance.now();

  expect(await ended).toBe(1);
  expect(performance.now() - startMs).toBeLessThan(10_000);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends an idle plugin at once", async (signal) => {
  const { ended } = await start((await listen()).address);
  child?.kill(signal);

  expect(await ended).toBe(0);
});

test("a first signal lets the call under way be answered: what it created is in no state otherwise", async () => {
  const service = await serveOnce();
  const { ended } = await start((await listen()).address);
  const { created } = await beginCreation(service.address);
  const response = await service.asked;

  child?.kill("SIGTERM");
  // The plugin has had the time to end.
  await new Promise((resolve) => setTimeout(resolve, 200));
  response.writeHead(201, { "content-type": "application/json" });
  response.end(JSON.stringify({ message: "project_created", data: { id: 7 } }));

  expect(await created).toBe("7");
  expect(await ended).toBe(0);
});

test("a first signal waits for the call under way, a second does not", async () => {
  const { ended } = await start((await listen()).address);
  await beginCreation((await listen()).address);

  child?.kill("SIGINT");
  const first = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 500, "waits"))]);
  expect(first).toBe("waits");
  child?.kill("SIGINT");

  expect(await ended).toBe(1);
});

/** The modules that are loaded with these files of the plugin. */
function loadedWith(...files: string[]): string[] {
  const requires = files.map((file) => `require(${JSON.stringify(join(ROOT, file))});`).join("");
  const script = `${requires}console.log(JSON.stringify(Object.keys(require.cache))); process.exit();`;
  const output = execFileSync(process.execPath, [...FROM_SOURCES, "-e", script], { env: ENVIRONMENT });
  return JSON.parse(output.toString()) as string[];
}

test("lifecycles and HTTP are loaded with the first call that needs them", () => {
  const loaded = loadedWith("provider/plugin/server.ts");

  expect(loaded.some((path) => path.includes("@grpc/grpc-js"))).toBe(true);
  expect(loaded.filter((path) => /undici|provider\/lifecycle\/(project|scan)|gate\/|findings\//.test(path))).toEqual(
    [],
  );
});

test("the SDK is never loaded, which would take longer than all else", () => {
  const loaded = loadedWith(
    "provider/plugin/main.ts",
    "provider/plugin/provider-calls.ts",
    "provider/plugin/functions.ts",
    "gate/plugin/construct.ts",
  );

  const ofTheSdk = loaded.filter((path) => path.includes("@pulumi/pulumi") && !path.includes("@pulumi/pulumi/proto/"));
  expect(loaded.some((path) => path.includes("undici"))).toBe(true);
  expect(ofTheSdk).toEqual([]);
});
