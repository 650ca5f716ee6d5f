import { createServer, type Server } from "node:http";
import { Socket, type AddressInfo } from "node:net";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { clearEnvironment, restoreEnvironment } from "./environment";

type Answer = Record<string, unknown>;

/** What the program registers: by name, type and inputs. */
export const registered = new Map<string, { type: string; inputs: Answer }>();
/** The functions that mocks are asked for. */
export const called: pulumi.runtime.MockCallArgs[] = [];

/** A service that no test of this file may ask for anything, and the settings that would lead there. */
export function askNobody(): void {
  let service: Server;
  let requests = 0;
  let connections: jest.SpyInstance;

  beforeAll((done) => {
    service = createServer((_request, response) => {
      requests += 1;
      response.end("{}");
    }).listen(0, "127.0.0.1", done);
  });
  afterAll((done) => {
    service.close(done);
  });
  beforeEach(() => {
    clearEnvironment();
    process.env["CRASHTEST_ENDPOINT"] = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    process.env["CRASHTEST_API_KEY"] = "key-of-a-unit-test";
    registered.clear();
    called.length = 0;
    connections = jest.spyOn(Socket.prototype, "connect");
    jest.spyOn(pulumi.log, "error").mockResolvedValue(undefined);
  });
  afterEach(() => {
    expect([requests, connections.mock.calls.filter(isFromHere)]).toEqual([0, []]);
    jest.restoreAllMocks();
    restoreEnvironment();
  });
}

/** Another file of tests in the same process may still be ending what it had at loopback ports of its own. */
const isFromHere = (call: readonly unknown[]): boolean => !/127\.0\.0\.1|localhost/.test(inspect(call, { depth: 3 }));

/** What mocks say of resources, by logical name, and of functions, by token. */
interface Said {
  resources?: Record<string, Answer>;
  functions?: Record<string, Answer>;
  isPreview?: boolean;
}

/** Sets mocks as a unit test of a user's does: they give back the inputs, and what they say besides. */
export const setMocks = ({ resources = {}, functions = {}, isPreview = false }: Said = {}): Promise<void> =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        registered.set(name, { type, inputs: inputs as Answer });
        const state = { ...(inputs as Answer), ...resources[name] };
        return { id: id === undefined || id === "" ? `${name}-id` : id, state };
      },
      call: (call) => {
        called.push(call);
        return functions[call.token] ?? {};
      },
    },
    "project",
    "stack",
    isPreview,
  );

class Release extends pulumi.CustomResource {
  constructor(gate: pulumi.Resource) {
    super("any:index:Release", "live", {}, { dependsOn: [gate] });
  }
}

/** A project with a gate, and a release behind that. */
export function gatedShop(gate: crashtest.ScanGateSettings = {}): crashtest.Project {
  const scanOnDeploy = { triggers: [1], gate };
  const shop = new crashtest.Project("shop", { teamId: 42, url: "https://shop.example/", scanOnDeploy });
  new Release(shop.gate);
  return shop;
}

/** Whether the release was registered: one round of the event loop later all is that can be. */
export async function isReleased(): Promise<boolean> {
  await new Promise(setImmediate);
  return registered.has("live");
}
