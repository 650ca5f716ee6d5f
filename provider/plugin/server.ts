import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  type ConfigureRequest,
  ConfigureResponse,
  type ConstructRequest,
  type DiffRequest,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CallsUnderWay } from "./calls-under-way";
import { checkConfiguration } from "./configuration";
import { detailedDifference } from "./detailed-difference";
import { EngineLog } from "./engine-log";
import { statusOf } from "./errors";
import { callFunction } from "./functions";
import { Plugin } from "./plugin";
import { decode, encode, plainValues } from "./properties";
import { checkResponse, diffResponse, ResourceCalls } from "./resource-calls";
import { schemaText, version } from "./schema";

export interface ServerOptions {
  /** Where the engine listens; undefined where it says so later. */
  engineAddress: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  /** Called with an address that the engine gives later. */
  onEngine?: (address: string) => void;
}

/** A plugin that listens on loopback. */
export interface PluginServer {
  port: number;
  /** Ends all waits. */
  cancel: () => void;
  /** Waits for the calls under way, but no longer than this. */
  callsEnded: (atMostMs: number) => Promise<void>;
  close: () => void;
}

/** The engine's own limits apply: a message is never too long for this side. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Starts to answer the engine's calls. */
export async function startServer({ engineAddress, environment, onEngine }: ServerOptions): Promise<PluginServer> {
  const plugin = new Plugin(new EngineLog(engineAddress), environment);
  const calls = new CallsUnderWay();
  const server = new Server(UNLIMITED);
  server.addService(ResourceProviderService, implementation(plugin, calls, onEngine));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    cancel: () => {
      plugin.cancel();
    },
    callsEnded: (atMostMs) => calls.ended(atMostMs),
    close: () => {
      server.forceShutdown();
      plugin.log.close();
    },
  };
}

/** The calls that are not here are answered as unimplemented: no other package is mapped, parameterized or listed. */
function implementation(
  plugin: Plugin,
  calls: CallsUnderWay,
  onEngine?: (address: string) => void,
): UntypedServiceImplementation {
  const resources = new ResourceCalls(plugin);
  const attach = (address: string): void => {
    if (address === "") return;
    plugin.log.attach(address);
    onEngine?.(address);
  };
  /** Adapts the work of one call: errors become statuses, and rows are complete before the answer. */
  const unary =
    <Request, Response>(
      work: (request: Request, given: AbortSignal) => Response | Promise<Response>,
    ): handleUnaryCall<Request, Response> =>
    (call, callback) => {
      const cancelled = new AbortController();
      call.on("cancelled", () => {
        cancelled.abort();
      });
      calls.begin();
      void (async () => work(call.request, cancelled.signal))()
        .finally(() => plugin.log.flush())
        .then(
          (response) => {
            callback(null, response);
          },
          (error: unknown) => {
            callback(statusOf(error, plugin.secrets));
          },
        )
        .finally(() => {
          calls.end();
        });
    };
  return {
    handshake: unary((request: ProviderHandshakeRequest) => {
      attach(request.getEngineAddress());
      return new ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true).setAcceptOutputs(true);
    }),
    attach: unary((request: PluginAttach) => {
      attach(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version())),
    getSchema: unary(() => new GetSchemaResponse().setSchema(schemaText())),
    ...providerCalls(plugin, unary),
    check: unary((request: CheckRequest) => {
      plugin.refusePlainKeys();
      return resources.check(request);
    }),
    diff: unary((request: DiffRequest) => resources.diff(request)),
    create: unary(resources.create.bind(resources)),
    update: unary(resources.update.bind(resources)),
    read: unary(resources.read.bind(resources)),
    delete: unary(resources.delete.bind(resources)),
    construct: unary((request: ConstructRequest, given) => plugin.construct(request, given)),
    invoke: unary(async (request: InvokeRequest) => {
      plugin.refusePlainKeys();
      const args = plainValues(decode(request.getArgs()));
      const result = await callFunction(request.getTok(), plugin.service, args, request.getPreview());
      return new InvokeResponse().setReturn(encode(result));
    }),
    cancel: unary(() => {
      plugin.cancel();
      return new Empty();
    }),
  };
}

type Adapter = <Request, Response>(
  work: (request: Request, given: AbortSignal) => Response | Promise<Response>,
) => handleUnaryCall<Request, Response>;

/** The calls about the provider itself. */
function providerCalls(plugin: Plugin, unary: Adapter): UntypedServiceImplementation {
  return {
    checkConfig: unary((request: CheckRequest) => {
      plugin.noteUrn(request.getUrn());
      return checkResponse(checkConfiguration(request.getUrn(), decode(request.getNews()), plugin.environment));
    }),
    // No setting replaces what was created with it: resources know which service issued their IDs.
    diffConfig: unary((request: DiffRequest) => {
      const [olds, news] = [request.getOldInputs() ?? request.getOlds(), request.getNews()].map((sent) =>
        plainValues(decode(sent)),
      );
      const details = detailedDifference(olds ?? {}, {}, news ?? {}, { changes: true });
      return diffResponse({ changes: details.length > 0 }, details);
    }),
    configure: unary((request: ConfigureRequest) => {
      plugin.noteUrn(request.getUrn());
      plugin.configure(decode(request.getArgs()));
      return new ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setAcceptoutputs(true)
        .setSupportspreview(true);
    }),
  };
}
