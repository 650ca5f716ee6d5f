import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { createRequire } from "node:module";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  type ConfigureRequest,
  type ConstructRequest,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  GetSchemaResponse,
  type InvokeRequest,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
  type ReadRequest,
  type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CallsUnderWay } from "./calls-under-way";
import { EngineLog } from "./engine-log";
import { statusOf } from "./errors";
import type * as PluginModule from "./plugin";
import type * as ProviderCallsModule from "./provider-calls";
import { schemaText, version } from "./schema";

export interface ServerOptions {
  /** Where the engine listens; undefined where it says so later. */
  engineAddress: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/** The engine's own limits apply: a message is never too long for this side. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** What a call that was waiting is answered with. */
const INTERRUPTED = new Error("interrupted: a scan that was started goes on, and the next run goes on with it");

/** Loads lifecycles and HTTP with the first call that needs them: without them the port is there in half the time. */
const load = createRequire(__filename);

/** A plugin that listens on loopback and answers the engine's calls. */
export class PluginServer {
  readonly #log: EngineLog;
  readonly #options: ServerOptions;
  readonly #server = new Server(UNLIMITED);
  readonly #calls = new CallsUnderWay();
  #cancelled = new AbortController();
  #plugin: PluginModule.Plugin | undefined;
  #provider: ProviderCallsModule.ProviderCalls | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#log = new EngineLog(options.engineAddress);
    this.#server.addService(ResourceProviderService, { ...this.#ownCalls(), ...this.#providerCalls() });
  }

  /** Starts to listen; returns the port. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  /** Ends all waits at once. */
  cancel(): void {
    this.#cancelled.abort(INTERRUPTED);
  }

  /** Waits for the calls under way, but no longer than this. */
  callsEnded(atMostMs: number): Promise<void> {
    return this.#calls.ended(atMostMs);
  }

  close(): void {
    this.#server.forceShutdown();
    this.#log.close();
  }

  /** The calls that need neither lifecycles nor a service. */
  #ownCalls(): UntypedServiceImplementation {
    return {
      handshake: this.#unary((request: ProviderHandshakeRequest) => {
        this.#log.attach(request.getEngineAddress());
        return new ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true).setAcceptOutputs(true);
      }),
      // By an engine that did not start this process: a run that an earlier one cancelled is over.
      attach: this.#unary((request: PluginAttach) => {
        this.#cancelled = new AbortController();
        this.#log.attach(request.getAddress());
        return new Empty();
      }),
      getPluginInfo: this.#unary(() => new PluginInfo().setVersion(version())),
      getSchema: this.#unary(() => new GetSchemaResponse().setSchema(schemaText())),
      cancel: this.#unary(() => {
        this.cancel();
        return new Empty();
      }),
    };
  }

  /** What is in neither list is answered as unimplemented: no other package is mapped, parameterized or listed. */
  #providerCalls(): UntypedServiceImplementation {
    const provider = () => this.#loadProvider();
    return {
      checkConfig: this.#unary((request: CheckRequest) => provider().checkConfig(request)),
      diffConfig: this.#unary((request: DiffRequest) => provider().diffConfig(request)),
      configure: this.#unary((request: ConfigureRequest) => provider().configure(request)),
      check: this.#unary((request: CheckRequest) => provider().resources.check(request)),
      diff: this.#unary((request: DiffRequest) => provider().resources.diff(request)),
      create: this.#unary((request: CreateRequest) => provider().resources.create(request)),
      update: this.#unary((request: UpdateRequest) => provider().resources.update(request)),
      read: this.#unary((request: ReadRequest) => provider().resources.read(request)),
      delete: this.#unary((request: DeleteRequest) => provider().resources.delete(request)),
      construct: this.#unary((request: ConstructRequest, given) => provider().construct(request, given)),
      invoke: this.#unary((request: InvokeRequest, given) => provider().invoke(request, given)),
    };
  }

  /** Adapts the work of one call: errors become statuses, and rows are complete before the answer. */
  #unary<Request, Response>(
    work: (request: Request, given: AbortSignal) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> {
    return (call, callback) => {
      const given = new AbortController();
      call.on("cancelled", () => {
        given.abort(INTERRUPTED);
      });
      this.#calls.begin();
      void (async () => work(call.request, given.signal))()
        .finally(() => this.#log.flush())
        .then(
          (response) => {
            callback(null, response);
          },
          (error: unknown) => {
            callback(statusOf(error, this.#plugin?.secrets ?? []));
          },
        )
        .finally(() => {
          this.#calls.end();
        });
    };
  }

  #loadProvider(): ProviderCallsModule.ProviderCalls {
    if (this.#provider !== undefined) return this.#provider;
    const { Plugin } = load("./plugin") as typeof PluginModule;
    const { ProviderCalls } = load("./provider-calls") as typeof ProviderCallsModule;
    this.#plugin = new Plugin(this.#log, this.#options.environment, () => this.#cancelled.signal);
    this.#provider = new ProviderCalls(this.#plugin);
    return this.#provider;
  }
}
